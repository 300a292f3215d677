/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * Control groups that are made, that end, and that take processes in.
 */
#ifndef HOLDFAST_CGROUP_H
#define HOLDFAST_CGROUP_H

#include "texts.h"

inlined int send_cgroup(u8 type, struct cgroup *cgroup, const void *path, u32 pid)
{
    struct task_struct *task = current_task();
    if (cgroup->root->hierarchy_id != 0) /* of version 1 */
        return 0;
    struct slot *slot = take();
    if (!slot)
        return 0;
    struct cgroup_event *event = (struct cgroup_event *)slot->event;
    fill(&event->header, task, type, 0);
    event->id = cgroup->kn->id;
    event->level = cgroup->level;
    event->hierarchy = 0;
    event->pid = pid;
    event->unused = 0;
    event->path_bytes = kernel_text(slot, sizeof *event, path);
    u32 bytes = sizeof *event + event->path_bytes;
    return type == CGROUP_MKDIR ? send_urgent(slot, bytes) : send(slot, bytes);
}

SEC("tp_btf/cgroup_mkdir")
int on_cgroup_mkdir(u64 *context)
{
    return send_cgroup(CGROUP_MKDIR, (void *)context[0], (void *)context[1], 0);
}

SEC("tp_btf/cgroup_rmdir")
int on_cgroup_rmdir(u64 *context)
{
    return send_cgroup(CGROUP_RMDIR, (void *)context[0], (void *)context[1], 0);
}

SEC("tp_btf/cgroup_attach_task")
int on_cgroup_attach(u64 *context)
{
    struct task_struct *moved = (void *)context[2];
    return send_cgroup(CGROUP_ATTACH, (void *)context[0], (void *)context[1], moved->tgid);
}

#endif
