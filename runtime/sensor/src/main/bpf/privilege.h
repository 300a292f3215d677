/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * Every other system call: powers that are taken, modules, namespaces, mounts.
 */
#ifndef HOLDFAST_PRIVILEGE_H
#define HOLDFAST_PRIVILEGE_H

#include "calls.h"
#include "paths.h"

SEC("tp_btf/sys_exit")
int on_call(u64 *context)
{
    struct pt_regs *regs = (void *)context[0];
    struct task_struct *task = current_task();
    struct wish *wish = wish_of(task, regs);
    struct slot *slot = wish ? take() : 0;
    if (!slot)
        return 0;
    bool compat = is_compat(task, regs);
    struct call_event *event = (struct call_event *)slot->event;
    fill(&event->header, task, wish->type, context[1]);
    for (u32 i = 0; i < 6; i++)
        event->argument[i] = argument(regs, compat, i + 1);
    event->text1_bytes = 0;
    event->text2_bytes = 0;
    event->path_bytes = 0;
    event->unused = 0;
    u32 at = sizeof *event;
    if (wish->path1) {
        event->text1_bytes = user_text(slot, at, (void *)argument(regs, compat, wish->path1));
        at += event->text1_bytes;
    }
    if (wish->path2) {
        event->text2_bytes = user_text(slot, at, (void *)argument(regs, compat, wish->path2));
        at += event->text2_bytes;
    }
    if (wish->base1) {
        struct file *file = file_of(task, (s32)argument(regs, compat, wish->base1));
        if (file)
            event->path_bytes = file_path(slot, at, file);
        at += event->path_bytes;
    }
    return send(slot, at);
}

#endif
