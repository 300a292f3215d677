/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * The part of the kernel's types that the sensor reads. Only names matter: every access to a member is a relocation (CO-RE) that libbpf
 * fills in from the BTF of the running kernel, so a structure here has neither all members nor their order, and fits every kernel that
 * has members of these names.
 */
#ifndef HOLDFAST_KERNEL_H
#define HOLDFAST_KERNEL_H

typedef unsigned char u8;
typedef unsigned short u16;
typedef unsigned int u32;
typedef unsigned long long u64;
typedef signed short s16;
typedef signed int s32;
typedef signed long long s64;
typedef _Bool bool;

#define BPF_MAP_TYPE_HASH 1
#define BPF_MAP_TYPE_ARRAY 2
#define BPF_MAP_TYPE_PROG_ARRAY 3
#define BPF_MAP_TYPE_PERCPU_ARRAY 6
#define BPF_MAP_TYPE_LRU_HASH 9
#define BPF_MAP_TYPE_RINGBUF 27
#define BPF_NOEXIST 1
#define BPF_RB_NO_WAKEUP 1
#define BPF_RB_FORCE_WAKEUP 2

#pragma clang attribute push(__attribute__((preserve_access_index)), apply_to = record)

typedef struct {
    u32 val;
} kuid_t;

typedef struct {
    u32 val;
} kgid_t;

typedef struct {
    u64 val;
} kernel_cap_t; /* two words of 32 bits before 6.3: the same bytes */

typedef struct {
    int counter;
} atomic_t;

#ifdef __TARGET_ARCH_x86
struct thread_info {
    u32 status; /* TS_COMPAT: this system call came by the 32-bit door */
};

struct pt_regs {
    unsigned long bp, bx, r10, r9, r8, ax, cx, dx, si, di, orig_ax;
};
#else
struct pt_regs {
    u64 regs[31];
    u64 pstate;
    u64 orig_x0;
    s32 syscallno;
};
#endif

struct dentry {
    struct dentry *d_parent;
    struct {
        u64 hash_len;
        const unsigned char *name;
    } d_name;
};

/* A short name lies in the entry itself: under this name from 6.14 on, before under the other. */
struct dentry___short {
    union {
        u8 string[40];
    } d_shortname;
};

struct dentry___inline {
    u8 d_iname[32];
};

struct vfsmount {
    struct dentry *mnt_root;
};

struct mount {
    struct mount *mnt_parent;
    struct dentry *mnt_mountpoint;
    struct vfsmount mnt;
};

struct path {
    struct vfsmount *mnt;
    struct dentry *dentry;
};

struct super_block {
    u32 s_dev;
    unsigned long s_magic;
};

struct inode {
    u16 i_mode;
    unsigned long i_ino;
    struct super_block *i_sb;
};

struct timespec64 {
    s64 tv_sec;
    long tv_nsec;
};

/* From 6.11 the times of an inode are seconds and nanoseconds apart; before, timespec64, whose member was renamed in 6.6. */
struct inode___seconds {
    s64 i_ctime_sec, i_mtime_sec;
    u32 i_ctime_nsec, i_mtime_nsec;
};

struct inode___hidden {
    struct timespec64 __i_ctime, i_mtime;
};

struct inode___plain {
    struct timespec64 i_ctime, i_mtime;
};

struct file {
    struct path f_path;
    struct inode *f_inode;
    void *private_data;
};

struct fdtable {
    u32 max_fds;
    struct file **fd;
};

struct files_struct {
    struct fdtable *fdt;
};

struct fs_struct {
    struct path root, pwd;
};

struct ns_common {
    u32 inum;
};

struct mnt_namespace {
    struct ns_common ns;
};

struct pid_namespace {
    struct ns_common ns;
};

struct nsproxy {
    struct mnt_namespace *mnt_ns;
    struct pid_namespace *pid_ns_for_children;
};

struct upid {
    int nr;
};

struct pid {
    u32 level;
    struct upid numbers[1];
};

struct tty_driver {
    int major, minor_start;
};

struct tty_struct {
    struct tty_driver *driver;
    int index;
};

enum pid_type {
    PIDTYPE_PID,
    PIDTYPE_TGID,
    PIDTYPE_PGID,
    PIDTYPE_SID,
};

struct signal_struct {
    atomic_t live;
    struct pid *pids[4];
    struct tty_struct *tty;
};

struct cred {
    kuid_t uid, euid;
    kgid_t gid, egid;
    kernel_cap_t cap_inheritable, cap_permitted, cap_effective;
};

struct mm_struct {
    unsigned long arg_start, arg_end, env_start, env_end;
    struct file *exe_file;
};

struct task_struct {
#ifdef __TARGET_ARCH_x86
    struct thread_info thread_info;
#endif
    int pid, tgid;
    u64 start_boottime;
    struct task_struct *real_parent, *group_leader;
    struct mm_struct *mm;
    struct fs_struct *fs;
    struct files_struct *files;
    struct nsproxy *nsproxy;
    struct signal_struct *signal;
    const struct cred *cred;
    struct pid *thread_pid;
    kuid_t loginuid;
    int exit_code;
    char comm[16];
};

struct linux_binprm {
    const char *filename;
    const char *fdpath;
};

struct in6_addr {
    u8 bytes[16];
};

struct sock_common {
    u32 skc_daddr, skc_rcv_saddr;
    u16 skc_dport, skc_num;
    u16 skc_family;
    u8 skc_state;
    struct in6_addr skc_v6_daddr, skc_v6_rcv_saddr;
};

struct sock {
    struct sock_common __sk_common;
    u16 sk_type, sk_protocol;
};

struct socket {
    struct sock *sk;
};

/* Its second and following members, behind the socket that every family has. */
struct unix_sock {
    struct path path;
    struct sock *peer;
};

struct kernfs_node {
    u64 id;
};

struct cgroup_root {
    int hierarchy_id;
};

struct cgroup {
    struct kernfs_node *kn;
    struct cgroup_root *root;
    int level;
};

struct filename {
    const char *name;
};

struct io_cqe {
    u64 user_data;
    s32 res;
    int fd; /* until it is done, the descriptor that the operation is on */
};

/* A request of io_uring; what is particular to an operation (io_open, ...) lies at its start. */
struct io_kiocb {
    u8 opcode;
    u64 flags;
    struct io_cqe cqe;
    void *ctx;
    void *async_data;
};

/* What the caller reads at the end of a request. */
struct io_uring_cqe {
    u64 user_data;
    s32 res;
};

struct io_accept {
    int iou_flags;
    u32 file_slot;
};

struct open_how {
    u64 flags, mode;
};

struct io_open {
    int dfd;
    u32 file_slot;
    struct filename *filename;
    struct open_how how;
};

struct io_unlink {
    int dfd, flags;
    struct filename *filename;
};

struct io_mkdir {
    int dfd;
    u16 mode;
    struct filename *filename;
};

struct io_rename {
    int old_dfd, new_dfd;
    struct filename *oldpath, *newpath;
    int flags;
};

struct io_link {
    int old_dfd, new_dfd;
    struct filename *oldpath, *newpath;
    int flags;
};

/* From 7.0 on the paths of requests, until they are looked up, are structures with a pointer to the name and nothing else. */
struct delayed_filename {
    struct filename *__incomplete_filename;
};

struct io_open___delayed {
    struct delayed_filename filename;
};

struct io_unlink___delayed {
    struct delayed_filename filename;
};

struct io_mkdir___delayed {
    struct delayed_filename filename;
};

struct io_rename___delayed {
    struct delayed_filename oldpath, newpath;
};

struct io_link___delayed {
    struct delayed_filename oldpath, newpath;
};

struct io_connect {
    void *addr;
};

struct io_listen {
    int backlog;
};

struct __kernel_sockaddr_storage {
    u16 ss_family;
};

/* What a request for a socket keeps until it is done: the address that the caller gave. */
struct io_async_msghdr {
    struct __kernel_sockaddr_storage addr;
};

/* Which helpers this kernel has. */
enum bpf_func_id {
    BPF_FUNC_task_pt_regs = 175,
};

#pragma clang attribute pop

#endif
