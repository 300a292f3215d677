/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* The helpers of the kernel that the sensor calls, by their stable numbers (include/uapi/linux/bpf.h), and how maps are declared. */
#ifndef HOLDFAST_HELPERS_H
#define HOLDFAST_HELPERS_H

#define SEC(name) __attribute__((section(name), used))
#define inlined static inline __attribute__((always_inline))
#define unlikely(x) __builtin_expect(!!(x), 0)

/* A map's declaration is a type whose members carry its settings: libbpf reads them from BTF. */
#define __uint(name, value) int(*name)[value]
#define __type(name, type) typeof(type) *name
#define __array(name, type) typeof(type) *name[]

static void *(*const map_lookup)(void *map, const void *key) = (void *)1;
static long (*const map_update)(void *map, const void *key, const void *value, u64 flags) = (void *)2;
static long (*const map_delete)(void *map, const void *key) = (void *)3;
static long (*const tail_call)(void *ctx, void *programs, u32 index) = (void *)12;
static u64 (*const current_pid_tgid)(void) = (void *)14;
static u64 (*const current_cgroup_id)(void) = (void *)80;
static long (*const read_user)(void *to, u32 size, const void *from) = (void *)112;
static long (*const read_kernel)(void *to, u32 size, const void *from) = (void *)113;
static long (*const read_user_text)(void *to, u32 size, const void *from) = (void *)114;
static long (*const read_kernel_text)(void *to, u32 size, const void *from) = (void *)115;
static u64 (*const boot_nanos)(void) = (void *)125;
static long (*const ring_output)(void *ring, void *from, u64 size, u64 flags) = (void *)130;
static struct task_struct *(*const current_task)(void) = (void *)158;
static struct pt_regs *(*const registers_of)(struct task_struct *task) = (void *)175; /* from 5.15 on: see has_helper */

/* The value at an address in the kernel; zero when it cannot be read: so the helper leaves it. */
#define value_at(address)                                            \
    ({                                                               \
        typeof(*(address)) value;                                    \
        read_kernel(&value, sizeof value, (const void *)(address));  \
        value;                                                       \
    })

#define offset_of(type, member) __builtin_preserve_field_info(((type *)0)->member, 0)
#define has_member(type, member) __builtin_preserve_field_info(((type *)0)->member, 2)
#define size_of_type(type) __builtin_preserve_type_info(*(type *)0, 1)
#define has_type(type) __builtin_preserve_type_info(*(type *)0, 0)
#define has_helper(name) __builtin_preserve_enum_value(*(typeof(enum bpf_func_id) *)name, 0)

/* Keeps the compiler from dropping or moving a bound that only the verifier needs. */
#define keep(value) asm volatile("" : "+r"(value))

#endif
