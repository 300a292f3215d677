/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * What all programs share: the wishes of the reader, the ring, the places where events are put together, the counts of what is lost.
 */
#ifndef HOLDFAST_STATE_H
#define HOLDFAST_STATE_H

#include "kernel.h"
#include "helpers.h"
#include "events.h"

#define COMPONENTS 40     /* of a path that are followed */
#define SLOTS 3           /* events that may be under construction on one processor */
#define TEXT 4096         /* the longest text, with its end */
#define EVENT_BYTES 24576 /* the longest event */
#define ROOM (EVENT_BYTES - TEXT)
#define SYSCALLS 512 /* numbers of system calls per table */
#define AT_FDCWD -100

/* Fixed when the program is loaded. */
const volatile struct {
    u32 own_pid;  /* of the reader, whose own events are nobody's business; 0: unknown */
    u32 with_env; /* copy the environment of executed programs */
} settings = {};

/* Wishes, changed while running: 64-bit calls, then 32-bit ones. */
struct wish wishes[2 * SYSCALLS] SEC(".data.wishes");

/* The same wishes by the kind of event, for what does not come by a system call. */
u8 kinds[256] SEC(".data.kinds");

struct {
    __uint(type, BPF_MAP_TYPE_RINGBUF);
    __uint(max_entries, 1 << 24);
} events SEC(".maps");

/* Where an event is put together. A slot is busy while a program that was interrupted on this processor still writes into it. */
struct slot {
    u32 busy;
    volatile u32 names, at;
    u64 name[COMPONENTS];
    u32 name_bytes[COMPONENTS];
    u8 event[EVENT_BYTES];
};

struct {
    __uint(type, BPF_MAP_TYPE_PERCPU_ARRAY);
    __uint(max_entries, SLOTS);
    __type(key, u32);
    __type(value, struct slot);
} slots SEC(".maps");

/* Events that found no room, per processor, and per control group. */
struct {
    __uint(type, BPF_MAP_TYPE_PERCPU_ARRAY);
    __uint(max_entries, 1);
    __type(key, u32);
    __type(value, u64);
} lost SEC(".maps");

struct {
    __uint(type, BPF_MAP_TYPE_HASH);
    __uint(max_entries, 4096);
    __type(key, u64);
    __type(value, u64);
} lost_by_cgroup SEC(".maps");

inlined void count_lost(u64 cgroup)
{
    u32 zero = 0;
    u64 *all = map_lookup(&lost, &zero);
    if (all)
        *all += 1;
    u64 *of_cgroup = map_lookup(&lost_by_cgroup, &cgroup);
    if (!of_cgroup) {
        u64 none = 0;
        map_update(&lost_by_cgroup, &cgroup, &none, BPF_NOEXIST);
        of_cgroup = map_lookup(&lost_by_cgroup, &cgroup);
    }
    if (of_cgroup)
        __sync_fetch_and_add(of_cgroup, 1);
}

inlined struct slot *take(void)
{
    for (u32 i = 0; i < SLOTS; i++) {
        u32 key = i;
        struct slot *slot = map_lookup(&slots, &key);
        if (slot && !slot->busy) {
            slot->busy = 1;
            return slot;
        }
    }
    count_lost(current_cgroup_id());
    return 0;
}

inlined int send_bytes(void *event, u64 bytes)
{
    if (ring_output(&events, event, bytes, BPF_RB_NO_WAKEUP))
        count_lost(((struct header *)event)->cgroup);
    return 0;
}

/* The reader sleeps up to some milliseconds; what a short-lived container begins with must not wait so long. */
inlined int send_urgent(struct slot *slot, u32 bytes)
{
    keep(bytes);
    if (bytes >= sizeof(struct header) && bytes <= EVENT_BYTES &&
        ring_output(&events, slot->event, bytes, BPF_RB_FORCE_WAKEUP))
        count_lost(((struct header *)slot->event)->cgroup);
    slot->busy = 0;
    return 0;
}

inlined int send(struct slot *slot, u32 bytes)
{
    keep(bytes);
    if (bytes >= sizeof(struct header) && bytes <= EVENT_BYTES)
        send_bytes(slot->event, bytes);
    slot->busy = 0;
    return 0;
}

inlined void fill(struct header *header, struct task_struct *task, u8 type, s64 result)
{
    u64 ids = current_pid_tgid();
    header->type = type;
    header->version = EVENT_VERSION;
    header->flags = 0;
    header->tid = (u32)ids;
    header->time = boot_nanos();
    header->cgroup = current_cgroup_id();
    header->started = task->group_leader->start_boottime;
    header->pid = ids >> 32;
    header->uid = task->cred->euid.val;
    header->result = result;
    header->gid = task->cred->egid.val;
    header->unused = 0;
}

#endif
