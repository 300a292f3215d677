// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/*
 * Holdfast's kernel sensor: what processes do, as events in one ring buffer.
 *
 * One program sees the end of every system call and asks a table, filled in from the loaded rules, whether anybody wants this one. If so, and
 * unless the rules are about containers while the process certainly is in none, it jumps to the handler of the call's group, which looks at the
 * result and at the kernel's own objects (the opened file, the socket) rather than at what the caller wrote. Other programs see processes and
 * control groups come and go: those are told in any case. Nothing here wakes the reader, which polls.
 *
 * One header for each family of events: process.h, files.h, network.h, privilege.h, cgroup.h, uring.h; below them state.h (the ring, the places
 * where events are put together), texts.h, paths.h, calls.h; kernel.h has the kernel's types, helpers.h its helpers, events.h what is written.
 *
 * The licence string at the end lets the kernel load programs that call its GPL-only helpers.
 */
#include "files.h"
#include "network.h"
#include "privilege.h"
#include "process.h"
#include "cgroup.h"
#include "uring.h"

struct {
    __uint(type, BPF_MAP_TYPE_PROG_ARRAY);
    __uint(max_entries, 5);
    __uint(key_size, sizeof(u32));
    __array(values, int(void *));
} handlers SEC(".maps") = {
    .values = {
        [GROUP_OPEN] = (void *)&on_open,
        [GROUP_PATHS] = (void *)&on_paths,
        [GROUP_SOCKET] = (void *)&on_socket,
        [GROUP_CALL] = (void *)&on_call,
        [GROUP_FILE] = (void *)&on_file,
    },
};

SEC("tp_btf/sys_exit")
int on_sys_exit(u64 *context)
{
    struct task_struct *task = current_task();
    struct wish *wish = wish_of(task, (void *)context[0]);
    if (!wish || !wish->type || task->tgid == settings.own_pid)
        return 0;
    if (wish->group & NOT_OF_HOST && is_of_host())
        return 0;
    tail_call(context, &handlers, wish->group & GROUP_MASK);
    return 0;
}

char terms[] SEC("license") = "Dual BSD/GPL";
