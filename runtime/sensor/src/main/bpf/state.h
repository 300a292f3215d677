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
#define S_IFMT 0170000
#define S_IFSOCK 0140000

/* Fixed when the program is loaded. */
const volatile struct {
    u32 own_pid;  /* of the reader, whose own events are nobody's business; 0: unknown */
    u32 with_env; /* copy the environment of executed programs */
} settings = {};

/* Wishes, changed while running: 64-bit calls, then 32-bit ones. */
struct wish wishes[2 * SYSCALLS] SEC(".data.wishes");

/* The same wishes by the kind of event, for what does not come by a system call. */
#define OF_CONTAINERS 2 /* wanted, but not of the machine itself */
u8 kinds[256] SEC(".data.kinds");

/* Of kinds that open files a bit for each aspect that somebody wants, of containers and of the machine itself; see open_aspect. */
struct asked_aspects {
    u16 of_any, of_host;
} aspects[256] SEC(".data.aspects");

/*
 * Control groups that belong to no container, as the reader has found out: what is not in here may be a container's. Two of the same place
 * fit beside each other; a third one is not taken in, or takes the place of one: then more is told than need be.
 */
#define PLACE_BITS 12

struct host_groups {
    u64 id[2];
};

struct {
    __uint(type, BPF_MAP_TYPE_ARRAY);
    __uint(max_entries, 1 << PLACE_BITS);
    __type(key, u32);
    __type(value, struct host_groups);
} hosts SEC(".maps");

/* Whether the current process certainly belongs to no container. */
inlined bool is_of_host(void)
{
    u64 group = current_cgroup_id();
    u32 place = group * 0x9e3779b97f4a7c15ULL >> (64 - PLACE_BITS); /* numbers of groups have gaps of the same width: spread them */
    struct host_groups *known = map_lookup(&hosts, &place);
    return known && (known->id[0] == group || known->id[1] == group);
}

struct {
    __uint(type, BPF_MAP_TYPE_RINGBUF);
    __uint(max_entries, 1 << 24);
} events SEC(".maps");

#define SHORT_NAME 32 /* bytes of a name that are read with its entry */

/* A directory entry from its parent on, as it lies in the kernel: what follows is its name, when that is short. */
struct entry {
    u64 parent, hash_len, name;
    u64 elsewhere; /* 0 when the name is short; over the inode, which is read, too, and not used */
    u64 brief[SHORT_NAME / 8];
};

/* Where an event is put together. A slot is busy while a program that was interrupted on this processor still writes into it. */
struct slot {
    u32 busy;
    volatile u32 names, at;
    volatile u64 root_entry, root_mnt;
    struct entry entries[COMPONENTS];
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
    if (bytes <= EVENT_BYTES && ring_output(&events, slot->event, bytes, BPF_RB_FORCE_WAKEUP))
        count_lost(((struct header *)slot->event)->cgroup);
    slot->busy = 0;
    return 0;
}

inlined int send(struct slot *slot, u32 bytes)
{
    keep(bytes);
    if (bytes <= EVENT_BYTES)
        send_bytes(slot->event, bytes);
    slot->busy = 0;
    return 0;
}

/* Nobody wants it after all. */
inlined int drop(struct slot *slot)
{
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
