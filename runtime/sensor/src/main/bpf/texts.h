/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * Texts of processes and of the kernel, written into an event behind each other.
 */
#ifndef HOLDFAST_TEXTS_H
#define HOLDFAST_TEXTS_H

#include "state.h"

inlined u32 user_text(struct slot *slot, u32 at, const void *from)
{
    keep(at);
    if (!from || at > ROOM)
        return 0;
    long bytes = read_user_text(slot->event + at, TEXT, from);
    if (bytes <= 0)
        return 0;
    if (bytes == TEXT)
        ((struct header *)slot->event)->flags |= TEXT_CUT;
    return bytes - 1;
}

inlined u32 kernel_text(struct slot *slot, u32 at, const void *from)
{
    keep(at);
    if (!from || at > ROOM)
        return 0;
    long bytes = read_kernel_text(slot->event + at, TEXT, from);
    return bytes <= 0 ? 0 : bytes - 1;
}

/* A range of the process's memory, such as its arguments. */
inlined u32 user_bytes(struct slot *slot, u32 at, u64 from, u64 end)
{
    u64 bytes = end - from;
    keep(at);
    if (at > ROOM || end <= from)
        return 0;
    if (bytes > TEXT - 1) {
        bytes = TEXT - 1;
        ((struct header *)slot->event)->flags |= TEXT_CUT;
    }
    keep(bytes);
    bytes &= TEXT - 1;
    return read_user(slot->event + at, bytes, (void *)from) ? 0 : bytes;
}

#endif
