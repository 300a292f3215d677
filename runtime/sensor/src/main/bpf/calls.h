/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * System calls at their end: which one it was, its arguments, and whether somebody wants it.
 */
#ifndef HOLDFAST_CALLS_H
#define HOLDFAST_CALLS_H

#include "state.h"

#ifdef __TARGET_ARCH_x86
inlined bool is_compat(struct task_struct *task, struct pt_regs *regs)
{
    return task->thread_info.status & 2;
}

inlined s64 number(struct pt_regs *regs)
{
    return regs->orig_ax & ~0x40000000UL; /* x32 has the numbers of x86-64 */
}

inlined u64 argument(struct pt_regs *regs, bool compat, u32 which)
{
    if (compat)
        switch (which) {
        case 1:
            return (u32)regs->bx;
        case 2:
            return (u32)regs->cx;
        case 3:
            return (u32)regs->dx;
        case 4:
            return (u32)regs->si;
        case 5:
            return (u32)regs->di;
        case 6:
            return (u32)regs->bp;
        default:
            return 0;
        }
    switch (which) {
    case 1:
        return regs->di;
    case 2:
        return regs->si;
    case 3:
        return regs->dx;
    case 4:
        return regs->r10;
    case 5:
        return regs->r8;
    case 6:
        return regs->r9;
    default:
        return 0;
    }
}
#else
#define PSR_MODE32_BIT 0x10 /* of the saved state of the processor: what was interrupted ran as AArch32 */

inlined bool is_compat(struct task_struct *task, struct pt_regs *regs)
{
    return regs->pstate & PSR_MODE32_BIT;
}

inlined s64 number(struct pt_regs *regs)
{
    return regs->syscallno;
}

inlined u64 whole_argument(struct pt_regs *regs, u32 which)
{
    switch (which) {
    case 1:
        return regs->orig_x0;
    case 2:
        return regs->regs[1];
    case 3:
        return regs->regs[2];
    case 4:
        return regs->regs[3];
    case 5:
        return regs->regs[4];
    case 6:
        return regs->regs[5];
    default:
        return 0;
    }
}

/* The upper halves are nobody's while AArch32 runs. */
inlined u64 argument(struct pt_regs *regs, bool compat, u32 which)
{
    u64 whole = whole_argument(regs, which);
    return compat ? (u32)whole : whole;
}
#endif

/* What starts a connection without being named so: to send with MSG_FASTOPEN; and, of i386, one call for all that sockets can do. */
#define SOCKETCALL 102

#ifdef __TARGET_ARCH_x86
inlined bool is_connect(s64 call, bool compat)
{
    return call == (compat ? 362 : 42);
}

inlined bool connects_too(s64 call, bool compat)
{
    return compat ? call == SOCKETCALL || call == 369 || call == 370 || call == 345 : call == 44 || call == 46 || call == 307;
}
#else
inlined bool is_connect(s64 call, bool compat)
{
    return call == (compat ? 283 : 203);
}

inlined bool connects_too(s64 call, bool compat)
{
    return compat ? call == 290 || call == 296 || call == 374 : call == 206 || call == 211 || call == 269;
}
#endif

inlined struct wish *wish_of(struct task_struct *task, struct pt_regs *regs)
{
    u64 call = number(regs);
    if (call >= SYSCALLS)
        return 0;
    if (is_compat(task, regs))
        call += SYSCALLS;
    keep(call);
    return call < 2 * SYSCALLS ? &wishes[call] : 0;
}

/* A folder's descriptor argument: where the call has none, the current folder. */
inlined s32 folder(struct pt_regs *regs, bool compat, u32 which)
{
    return which ? (s32)argument(regs, compat, which) : AT_FDCWD;
}

#endif
