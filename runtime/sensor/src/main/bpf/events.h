/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * What the sensor writes into the ring: a header, a body by the group of the event's type, then texts one behind the other without an
 * end mark (their lengths are in the body). Everything has the byte order of the machine, except ports and addresses from the network.
 * No padding is left to the compiler. dev.holdfast.sensor.event reads this; EventLayoutTest compares the two.
 */
#ifndef HOLDFAST_EVENTS_H
#define HOLDFAST_EVENTS_H

#include "kernel.h"

#define EVENT_VERSION 1

enum type {
    EXECVE = 1,
    EXECVEAT = 2,
    EXIT = 3,
    FORK = 4,
    NAME = 5,
    FAILED_EXECVE = 6,
    FAILED_EXECVEAT = 7,
    OPEN = 10,
    OPENAT = 11,
    OPENAT2 = 12,
    CREAT = 13,
    OPEN_BY_HANDLE_AT = 14,
    MKNODAT = 19,
    RENAME = 20,
    RENAMEAT = 21,
    RENAMEAT2 = 22,
    UNLINK = 23,
    UNLINKAT = 24,
    RMDIR = 25,
    MKDIR = 26,
    MKDIRAT = 27,
    LINK = 28,
    LINKAT = 29,
    SYMLINK = 30,
    SYMLINKAT = 31,
    CHMOD = 32,
    FCHMOD = 33,
    FCHMODAT = 34,
    CHROOT = 35,
    PIVOT_ROOT = 36,
    UMOUNT2 = 37,
    MOVE_MOUNT = 38,
    MKNOD = 39,
    SOCKET = 40,
    CONNECT = 41,
    ACCEPT = 42,
    ACCEPT4 = 43,
    LISTEN = 44,
    BIND = 45,
    SENDTO = 46,
    SENDMSG = 47,
    RECVFROM = 48,
    RECVMSG = 49,
    DUP = 50,
    DUP2 = 51,
    DUP3 = 52,
    SETUID = 60,
    SETGID = 61,
    SETNS = 62,
    UNSHARE = 63,
    PTRACE = 64,
    BPF = 65,
    INIT_MODULE = 66,
    FINIT_MODULE = 67,
    USERFAULTFD = 68,
    MOUNT = 69,
    CAPSET = 70,
    MEMFD_CREATE = 71,
    IO_URING_SETUP = 72,
    SETRESUID = 73,
    SETRESGID = 74,
    SETREUID = 75,
    SETREGID = 76,
    PROCESS_VM_WRITEV = 77,
    FSOPEN = 78,
    DELETE_MODULE = 79,
    KEXEC_LOAD = 80,
    KEXEC_FILE_LOAD = 81,
    CGROUP_MKDIR = 90,
    CGROUP_RMDIR = 91,
    CGROUP_ATTACH = 92,
    CHOWN = 100,
    LCHOWN = 101,
    FCHOWN = 102,
    FCHOWNAT = 103,
    TRUNCATE = 104,
    FTRUNCATE = 105,
    SETXATTR = 106,
    LSETXATTR = 107,
    FSETXATTR = 108,
    REMOVEXATTR = 109,
    LREMOVEXATTR = 110,
    FREMOVEXATTR = 111,
};

/* Flags of the header. */
#define PATH_CUT 1      /* the path has more components than are followed: its beginning is missing */
#define OUTSIDE_ROOT 2  /* the file does not lie below the root of the process: its path is that of the mount namespace */
#define DETACHED 4      /* the file lies in no mounted tree: a memfd, a pipe, a socket */
#define TEXT_CUT 8      /* a text was longer than what is carried */
#define BY_IO_URING 16  /* asked for through io_uring */
#define NOT_DONE 32     /* told when it was asked for, such as a request of io_uring: the outcome is not known yet, the result is 0 */

struct header {
    u8 type, version;
    u16 flags;
    u32 tid;
    u64 time;    /* nanoseconds since boot */
    u64 cgroup;  /* id in the unified hierarchy */
    u64 started; /* when the process was born, nanoseconds since boot: with pid the identity of the process */
    u32 pid, uid; /* user and group are the effective ones */
    s64 result;
    u32 gid, unused;
};

struct open_event {
    struct header header;
    u32 flags, mode;
    u64 inode;
    u32 device;
    u16 file_mode;
    u16 path_bytes, given_bytes, base_bytes; /* the real path; the path as given; where a given relative path starts, when opening failed */
    u32 unused;
};

/* Operations on one or two paths, as given, each with the folder where it starts when it is relative. */
struct paths_event {
    struct header header;
    u32 value1, value2;
    u16 path1_bytes, base1_bytes, path2_bytes, base2_bytes;
};

/* What a file is changed to, or which one could not be executed, by its path as given or by a descriptor of it: then the path is empty, and what base tells is the file itself. */
struct file_event {
    struct header header;
    u64 value1, value2, value3;
    s32 folder; /* the descriptor that the call works on, or that the path starts at; AT_FDCWD when it was given none */
    u32 unused;
    u16 path_bytes, base_bytes, name_bytes, unused_bytes; /* name: of an attribute */
};

#define REMOTE_IS_GIVEN 1 /* the remote address is the caller's argument, not that of the connected socket */
#define CALLS 2           /* this end began the connection, or sent the first datagram */
#define SERVES 4          /* the other end did */
#define PLACE_IS_REAL 8   /* the second text of a local (AF_UNIX) address is where its file lies; else where a relative path starts */

struct socket_event {
    struct header header;
    s32 fd;
    u16 family, kind, protocol;
    u8 state, bits;
    u16 local_port, remote_port; /* host byte order */
    u8 local[16], remote[16];    /* IPv4 in the first four bytes */
    u32 value;                   /* backlog of listen, domain of socket */
    u16 path_bytes, place_bytes; /* of a local (AF_UNIX) address: as given, with @ for a name without a file; and its place */
};

/* Every other system call: its arguments, at most two texts, and the real path of a descriptor. */
struct call_event {
    struct header header;
    u64 argument[6];
    u16 text1_bytes, text2_bytes, path_bytes, unused;
};

#define UPPER_LAYER 1    /* the executable lies in the writable layer of an overlay */
#define MEMFD 2          /* the executable is a memfd */
#define GROUP_LEADER 4   /* leads its process group */

struct exec_event {
    struct header header;
    u32 parent_pid, own_pid; /* own_pid: the number in the process's own namespace */
    u64 parent_started;
    u32 session, group; /* as numbers of the process's own namespace */
    u32 login_uid, tty;
    u64 inode, changed, modified; /* of the executable; nanoseconds since 1970 */
    u64 effective, permitted;     /* capabilities */
    u32 mount_namespace, pid_namespace;
    u64 inheritable;
    u32 bits, unused;
    char comm[16];
    u16 exe_bytes, given_bytes, args_bytes, cwd_bytes, env_bytes;
    u16 streams[3]; /* standard input, output, error: the type of the file (S_IFMT >> 12) in the upper byte, of a socket its family in the lower */
};

struct fork_event {
    struct header header; /* of the process that called; the new one is: */
    u32 child_pid, parent_pid;
    u64 child_started, parent_started;
    u32 own_pid, unused;
    char comm[16];
};

struct name_event {
    struct header header;
    char comm[16];
};

struct cgroup_event {
    struct header header;
    u64 id;
    u32 level, hierarchy;
    u32 pid; /* of the process that was moved */
    u16 path_bytes, unused;
};

/*
 * What to do with a system call: written by the reader from the rules, indexed by its number. Arguments count from 1; 0 is none. What the file
 * handler has to do: path2 is the name of an attribute, base2 a third value.
 */
struct wish {
    u8 type;   /* 0: nobody asks */
    u8 group;  /* index into the handlers, and whether nobody asks for what the machine itself does */
    u8 path1, base1, path2, base2;
    u8 value1, value2;
};

#define GROUP_OPEN 0
#define GROUP_PATHS 1
#define GROUP_SOCKET 2
#define GROUP_CALL 3
#define GROUP_FILE 4
#define GROUP_MASK 7
#define NOT_OF_HOST 128

#endif
