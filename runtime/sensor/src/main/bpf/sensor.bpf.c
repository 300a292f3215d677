// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/*
 * Holdfast's kernel sensor: what processes do, as events in one ring buffer.
 *
 * One program sees the end of every system call and asks a table, filled in from the loaded rules, whether anybody wants this one. If so it
 * jumps to the handler of the call's group, which looks at the result and at the kernel's own objects (the opened file, the socket) rather than
 * at what the caller wrote. Other programs see processes and control groups come and go. Nothing here wakes the reader, which polls.
 *
 * The licence string at the end lets the kernel load programs that call its GPL-only helpers.
 */
#include "kernel.h"
#include "helpers.h"
#include "events.h"

#define COMPONENTS 40     /* of a path that are followed */
#define SLOTS 3           /* events that may be under construction on one processor */
#define TEXT 4096         /* the longest text, with its end */
#define EVENT_BYTES 24576 /* the longest event */
#define ROOM (EVENT_BYTES - TEXT)
#define SYSCALLS 512      /* numbers of system calls per table */
#define AT_FDCWD -100
#define S_IFMT 0170000
#define S_IFSOCK 0140000
#define AF_UNIX 1
#define AF_INET 2
#define AF_INET6 10
#define IPPROTO_TCP 6
#define TCP_ESTABLISHED 1
#define OVERLAYFS 0x794c7630

/* Fixed when the program is loaded. */
const volatile struct {
    u32 own_pid;  /* of the reader, whose own events are nobody's business; 0: unknown */
    u32 with_env; /* copy the environment of executed programs */
} settings = {};

/* Wishes, changed while running: 64-bit calls, then 32-bit ones. */
struct wish wishes[2 * SYSCALLS] SEC(".data.wishes");

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

/* Peers that a datagram socket already talked with: only the first datagram to or from each is an event. */
struct peer {
    u64 socket, inode;
    u8 address[16];
    u32 port, received;
};

struct {
    __uint(type, BPF_MAP_TYPE_LRU_HASH);
    __uint(max_entries, 16384);
    __type(key, struct peer);
    __type(value, u8);
} peers SEC(".maps");

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

/* ---- texts ---- */

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

/* ---- paths ---- */

/*
 * Writes the path of a file as its process would name it: from the file's own directory entry upwards, across mounts, to the root of the
 * process. Links and "..", whatever the caller wrote, are gone. First the names are collected, last one first; then they are written.
 *
 * What the verifier knows about a value multiplies the branches that it follows: so the count of names and the place go through memory,
 * where it forgets them. As a global function this is verified once, not at every call.
 */
__attribute__((noinline)) u32 write_path(struct slot *slot, u32 at, u64 entry_address, u64 mnt_address)
{
    if (!slot)
        return 0;
    struct dentry *entry = (void *)entry_address;
    struct vfsmount *mnt = (void *)mnt_address;
    struct task_struct *task = current_task();
    struct fs_struct *fs = task->fs;
    struct dentry *root_entry = value_at(&fs->root.dentry);
    struct vfsmount *root_mnt = value_at(&fs->root.mnt);
    struct header *header = (struct header *)slot->event;
    struct dentry *top = value_at(&mnt->mnt_root);
    u32 start = at;
    slot->names = COMPONENTS;
    slot->at = at;
    for (u32 i = 0; i < COMPONENTS; i++) {
        struct {
            u64 hash_len;
            u64 name;
        } name;
        if (entry == root_entry && mnt == root_mnt) {
            slot->names = i;
            break;
        }
        if (entry == top) { /* of this mount: go on where it is mounted; no name */
            struct mount *mount = (void *)mnt - offset_of(struct mount, mnt);
            struct mount *above = value_at(&mount->mnt_parent);
            if (above == mount || !above) {
                header->flags |= OUTSIDE_ROOT;
                slot->names = i;
                break;
            }
            entry = value_at(&mount->mnt_mountpoint);
            mnt = (void *)above + offset_of(struct mount, mnt);
            top = value_at(&mnt->mnt_root);
            slot->name[i] = 0;
        } else {
            struct dentry *above = value_at(&entry->d_parent);
            read_kernel(&name, sizeof name, &entry->d_name);
            if (above == entry) {
                header->flags |= DETACHED;
                above = root_entry;
                mnt = root_mnt;
            }
            entry = above;
            slot->name[i] = name.name;
            slot->name_bytes[i] = name.hash_len >> 32;
        }
    }
    u32 names = slot->names;
    if (names == COMPONENTS)
        header->flags |= PATH_CUT;
    for (u32 i = COMPONENTS; i > 0; i--) {
        u32 bytes = slot->name_bytes[i - 1] & 255;
        if (i > names || !slot->name[i - 1])
            continue;
        at = slot->at;
        if (at > ROOM)
            break;
        slot->event[at] = '/';
        read_kernel(slot->event + at + 1, bytes, (const void *)slot->name[i - 1]);
        slot->at = at + 1 + bytes;
    }
    at = slot->at;
    if (at == start) {
        if (at > ROOM)
            return 0;
        slot->event[at] = '/';
        return 1;
    }
    return at - start;
}

inlined struct file *file_of(struct task_struct *task, s64 descriptor)
{
    struct fdtable *table = task->files->fdt;
    if (descriptor < 0 || descriptor >= table->max_fds)
        return 0;
    return value_at(table->fd + descriptor);
}

inlined u32 file_path(struct slot *slot, u32 at, struct file *file)
{
    return write_path(slot, at, (u64)value_at(&file->f_path.dentry), (u64)value_at(&file->f_path.mnt));
}

/* The folder where a relative path starts: that of the descriptor, or the current one. Nothing when the path is absolute. */
inlined u32 base_path(struct slot *slot, u32 at, u32 path_at, u32 path_bytes, struct task_struct *task, s32 folder)
{
    keep(path_at);
    if (path_at > ROOM || (path_bytes && slot->event[path_at] == '/'))
        return 0;
    if (folder != AT_FDCWD) {
        struct file *file = file_of(task, folder);
        return file ? file_path(slot, at, file) : 0;
    }
    struct fs_struct *fs = task->fs;
    return write_path(slot, at, (u64)value_at(&fs->pwd.dentry), (u64)value_at(&fs->pwd.mnt));
}

/* ---- system calls ---- */

#ifdef __TARGET_ARCH_x86
inlined bool is_compat(struct task_struct *task)
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
inlined bool is_compat(struct task_struct *task)
{
    return task->thread_info.flags & (1 << 22);
}

inlined s64 number(struct pt_regs *regs)
{
    return regs->syscallno;
}

inlined u64 argument(struct pt_regs *regs, bool compat, u32 which)
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
#endif

inlined struct wish *wish_of(struct task_struct *task, struct pt_regs *regs)
{
    u64 call = number(regs);
    if (call >= SYSCALLS)
        return 0;
    if (is_compat(task))
        call += SYSCALLS;
    keep(call);
    return call < 2 * SYSCALLS ? &wishes[call] : 0;
}

/* A folder's descriptor argument: where the call has none, the current folder. */
inlined s32 folder(struct pt_regs *regs, bool compat, u32 which)
{
    return which ? (s32)argument(regs, compat, which) : AT_FDCWD;
}

SEC("tp_btf/sys_exit")
int on_open(u64 *context)
{
    struct pt_regs *regs = (void *)context[0];
    s64 result = context[1];
    struct task_struct *task = current_task();
    struct wish *wish = wish_of(task, regs);
    struct slot *slot = wish ? take() : 0;
    if (!slot)
        return 0;
    bool compat = is_compat(task);
    struct open_event *event = (struct open_event *)slot->event;
    fill(&event->header, task, wish->type, result);
    if (wish->type == OPENAT2) {
        struct {
            u64 flags, mode;
        } how = {};
        read_user(&how, sizeof how, (void *)argument(regs, compat, 3));
        event->flags = how.flags;
        event->mode = how.mode;
    } else {
        event->flags = argument(regs, compat, wish->value1);
        event->mode = argument(regs, compat, wish->value2);
    }
    event->inode = 0;
    event->device = 0;
    event->file_mode = 0;
    event->path_bytes = 0;
    event->base_bytes = 0;
    event->unused = 0;
    u32 at = sizeof *event;
    struct file *file = result < 0 ? 0 : file_of(task, result);
    if (file) {
        struct inode *inode = value_at(&file->f_inode);
        struct super_block *system = value_at(&inode->i_sb);
        event->inode = value_at(&inode->i_ino);
        event->file_mode = value_at(&inode->i_mode);
        event->device = value_at(&system->s_dev);
        event->path_bytes = file_path(slot, at, file);
        at += event->path_bytes;
    }
    u32 given = at;
    event->given_bytes = user_text(slot, at, (void *)argument(regs, compat, wish->path1));
    at += event->given_bytes;
    if (!file) {
        event->base_bytes = base_path(slot, at, given, event->given_bytes, task, folder(regs, compat, wish->base1));
        at += event->base_bytes;
    }
    return send(slot, at);
}

SEC("tp_btf/sys_exit")
int on_paths(u64 *context)
{
    struct pt_regs *regs = (void *)context[0];
    struct task_struct *task = current_task();
    struct wish *wish = wish_of(task, regs);
    struct slot *slot = wish ? take() : 0;
    if (!slot)
        return 0;
    bool compat = is_compat(task);
    struct paths_event *event = (struct paths_event *)slot->event;
    fill(&event->header, task, wish->type, context[1]);
    event->value1 = argument(regs, compat, wish->value1);
    event->value2 = argument(regs, compat, wish->value2);
    event->path1_bytes = 0;
    event->base1_bytes = 0;
    event->path2_bytes = 0;
    event->base2_bytes = 0;
    u32 at = sizeof *event, given = at;
    if (wish->path1) {
        event->path1_bytes = user_text(slot, at, (void *)argument(regs, compat, wish->path1));
        at += event->path1_bytes;
    }
    if (wish->path1 || wish->base1) {
        event->base1_bytes = base_path(slot, at, given, event->path1_bytes, task, folder(regs, compat, wish->base1));
        at += event->base1_bytes;
    }
    if (wish->path2) {
        given = at;
        event->path2_bytes = user_text(slot, at, (void *)argument(regs, compat, wish->path2));
        at += event->path2_bytes;
        event->base2_bytes = base_path(slot, at, given, event->path2_bytes, task, folder(regs, compat, wish->base2));
        at += event->base2_bytes;
    }
    return send(slot, at);
}

SEC("tp_btf/sys_exit")
int on_call(u64 *context)
{
    struct pt_regs *regs = (void *)context[0];
    struct task_struct *task = current_task();
    struct wish *wish = wish_of(task, regs);
    struct slot *slot = wish ? take() : 0;
    if (!slot)
        return 0;
    bool compat = is_compat(task);
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

/* ---- sockets ---- */

struct address {
    u16 family, port;
    u8 rest[108];
};

inlined void copy_endpoints(struct socket_event *event, struct sock *sock)
{
    event->local_port = value_at(&sock->__sk_common.skc_num);
    event->remote_port = __builtin_bswap16(value_at(&sock->__sk_common.skc_dport));
    if (event->family == AF_INET) {
        *(u32 *)event->local = value_at(&sock->__sk_common.skc_rcv_saddr);
        *(u32 *)event->remote = value_at(&sock->__sk_common.skc_daddr);
    } else if (event->family == AF_INET6) {
        read_kernel(event->local, 16, &sock->__sk_common.skc_v6_rcv_saddr);
        read_kernel(event->remote, 16, &sock->__sk_common.skc_v6_daddr);
    } else {
        event->local_port = 0;
        event->remote_port = 0;
    }
}

/* The address that the caller gave, or got: in place of the remote one, or of the local one for bind. */
inlined void use_given(struct socket_event *event, struct address *given)
{
    bool local = event->header.type == BIND;
    u16 port = __builtin_bswap16(given->port);
    u8 *to = local ? event->local : event->remote;
    if (given->family != AF_INET && given->family != AF_INET6)
        return;
    if (local)
        event->local_port = port;
    else
        event->remote_port = port;
    event->family = given->family;
    __builtin_memset(to, 0, 16);
    if (given->family == AF_INET)
        __builtin_memcpy(to, given->rest, 4);
    else
        __builtin_memcpy(to, given->rest + 4, 16);
    event->bits |= REMOTE_IS_GIVEN;
}

/* Where the caller's address lies; messages carry it in a structure. */
inlined u64 given_address(struct pt_regs *regs, bool compat, struct wish *wish)
{
    u64 at = argument(regs, compat, wish->path1);
    if (at && (wish->type == SENDMSG || wish->type == RECVMSG)) {
        u64 inner = 0;
        read_user(&inner, compat ? 4 : 8, (void *)at);
        return inner;
    }
    return at;
}

inlined bool is_talk(u8 type)
{
    return type >= SENDTO && type <= RECVMSG;
}

inlined bool is_dup(u8 type)
{
    return type >= DUP && type <= DUP3;
}

/* Streams and connected sockets were announced when they connected; of datagrams the first with each peer counts. */
inlined bool is_news(struct socket_event *event, struct sock *sock, u64 inode)
{
    if (event->protocol == IPPROTO_TCP || event->state == TCP_ESTABLISHED || !(event->bits & REMOTE_IS_GIVEN))
        return 0;
    struct peer peer = {};
    u8 seen = 1;
    peer.socket = (u64)sock;
    peer.inode = inode;
    __builtin_memcpy(peer.address, event->remote, 16);
    peer.port = event->remote_port;
    peer.received = event->header.type >= RECVFROM;
    if (map_lookup(&peers, &peer))
        return 0;
    map_update(&peers, &peer, &seen, 0);
    return 1;
}

SEC("tp_btf/sys_exit")
int on_socket(u64 *context)
{
    struct pt_regs *regs = (void *)context[0];
    s64 result = context[1];
    struct task_struct *task = current_task();
    struct wish *wish = wish_of(task, regs);
    if (!wish)
        return 0;
    u8 type = wish->type;
    bool compat = is_compat(task);
    s64 descriptor = wish->base1 ? (s32)argument(regs, compat, wish->base1) : result;
    struct file *file = file_of(task, descriptor);
    struct inode *inode = file ? value_at(&file->f_inode) : 0;
    bool is_socket = inode && (value_at(&inode->i_mode) & S_IFMT) == S_IFSOCK;
    if (!is_socket && (is_dup(type) || is_talk(type)))
        return 0;
    struct socket_event plain;
    struct socket_event *event = &plain;
    struct sock *sock = 0;
    __builtin_memset(event, 0, sizeof *event);
    if (is_socket) {
        struct socket *socket = value_at(&file->private_data);
        sock = value_at(&socket->sk);
    }
    if (sock) {
        event->family = value_at(&sock->__sk_common.skc_family);
        event->state = value_at(&sock->__sk_common.skc_state);
        event->kind = value_at(&sock->sk_type);
        event->protocol = value_at(&sock->sk_protocol);
        if (is_talk(type) && event->family != AF_INET && event->family != AF_INET6)
            return 0;
        if (is_talk(type) && (event->protocol == IPPROTO_TCP || result < 0))
            return 0;
        copy_endpoints(event, sock);
    }
    event->header.type = type;
    event->fd = descriptor;
    event->value = argument(regs, compat, wish->value1);
    u64 given_at = given_address(regs, compat, wish);
    struct address given = {};
    if (given_at) {
        read_user(&given, 28, (void *)given_at);
        bool unknown = event->remote_port == 0 || is_talk(type) || result < 0 || type == BIND;
        if (type != ACCEPT && type != ACCEPT4 && unknown)
            use_given(event, &given);
    }
    if (is_talk(type) && !is_news(event, sock, value_at(&inode->i_ino)))
        return 0;
    struct slot *slot = take();
    if (!slot)
        return 0;
    struct socket_event *sent = (struct socket_event *)slot->event;
    __builtin_memcpy(sent, event, sizeof *sent);
    fill(&sent->header, task, type, result);
    u32 at = sizeof *sent;
    if (given.family == AF_UNIX && (type == CONNECT || type == BIND)) {
        sent->family = AF_UNIX;
        sent->path_bytes = user_text(slot, at, (void *)given_at + 2);
        if (sent->path_bytes > 108)
            sent->path_bytes = 108;
        at += sent->path_bytes;
    }
    return send(slot, at);
}

struct {
    __uint(type, BPF_MAP_TYPE_PROG_ARRAY);
    __uint(max_entries, 4);
    __uint(key_size, sizeof(u32));
    __array(values, int(void *));
} handlers SEC(".maps") = {
    .values = {
        [GROUP_OPEN] = (void *)&on_open,
        [GROUP_PATHS] = (void *)&on_paths,
        [GROUP_SOCKET] = (void *)&on_socket,
        [GROUP_CALL] = (void *)&on_call,
    },
};

SEC("tp_btf/sys_exit")
int on_sys_exit(u64 *context)
{
    struct task_struct *task = current_task();
    struct wish *wish = wish_of(task, (void *)context[0]);
    if (!wish || !wish->type || task->tgid == settings.own_pid)
        return 0;
    tail_call(context, &handlers, wish->group);
    return 0;
}

/* ---- processes ---- */

inlined u32 own_number(struct pid *pid)
{
    u32 level = value_at(&pid->level) & 31;
    struct upid *upid = (void *)pid + offset_of(struct pid, numbers) + level * size_of_type(struct upid);
    return value_at(&upid->nr);
}

inlined u32 terminal(struct signal_struct *signal)
{
    struct tty_struct *tty = value_at(&signal->tty);
    if (!tty)
        return 0;
    struct tty_driver *driver = value_at(&tty->driver);
    u32 major = value_at(&driver->major), minor = value_at(&driver->minor_start) + value_at(&tty->index);
    return (minor & 0xff) | (major << 8) | ((minor & ~0xffU) << 12);
}

inlined void copy_times(struct exec_event *event, struct inode *inode)
{
    struct inode___seconds *seconds = (void *)inode;
    struct inode___hidden *hidden = (void *)inode;
    struct inode___plain *plain = (void *)inode;
    if (has_member(struct inode___seconds, i_ctime_sec)) {
        event->changed = value_at(&seconds->i_ctime_sec) * 1000000000ULL + value_at(&seconds->i_ctime_nsec);
        event->modified = value_at(&seconds->i_mtime_sec) * 1000000000ULL + value_at(&seconds->i_mtime_nsec);
    } else if (has_member(struct inode___hidden, __i_ctime)) {
        event->changed = value_at(&hidden->__i_ctime.tv_sec) * 1000000000ULL + value_at(&hidden->__i_ctime.tv_nsec);
    } else if (has_member(struct inode___plain, i_ctime)) {
        event->changed = value_at(&plain->i_ctime.tv_sec) * 1000000000ULL + value_at(&plain->i_ctime.tv_nsec);
    }
    if (!has_member(struct inode___seconds, i_ctime_sec) && has_member(struct inode___plain, i_mtime))
        event->modified = value_at(&plain->i_mtime.tv_sec) * 1000000000ULL + value_at(&plain->i_mtime.tv_nsec);
}

/* An overlay's inode is followed by the directory entry in its upper layer, when the file lies there. */
inlined bool is_upper(struct inode *inode)
{
    struct super_block *system = value_at(&inode->i_sb);
    if (value_at(&system->s_magic) != OVERLAYFS)
        return 0;
    void **upper = (void *)inode + size_of_type(struct inode);
    return value_at(upper) != 0;
}

inlined bool is_memfd(struct file *file)
{
    struct dentry *entry = value_at(&file->f_path.dentry);
    struct {
        u64 hash_len;
        u64 name;
    } name;
    char start[6] = {};
    if (value_at(&entry->d_parent) != entry || read_kernel(&name, sizeof name, &entry->d_name))
        return 0;
    read_kernel(start, sizeof start, (void *)name.name);
    return start[0] == 'm' && start[1] == 'e' && start[2] == 'm' && start[3] == 'f' && start[4] == 'd' && start[5] == ':';
}

SEC("tp_btf/sched_process_exec")
int on_exec(u64 *context)
{
    struct task_struct *task = current_task();
    struct linux_binprm *program = (void *)context[2];
    struct slot *slot = take();
    if (!slot)
        return 0;
    struct exec_event *event = (struct exec_event *)slot->event;
    fill(&event->header, task, program->fdpath ? EXECVEAT : EXECVE, 0);
    struct task_struct *parent = task->real_parent;
    struct signal_struct *signal = task->signal;
    struct mm_struct *mm = task->mm;
    struct file *file = mm->exe_file;
    struct inode *inode = file->f_inode;
    event->parent_pid = parent->tgid;
    event->parent_started = parent->group_leader->start_boottime;
    event->own_pid = own_number(task->thread_pid);
    event->session = own_number(value_at(&signal->pids[PIDTYPE_SID]));
    event->group = own_number(value_at(&signal->pids[PIDTYPE_PGID]));
    event->login_uid = has_member(struct task_struct, loginuid) ? task->loginuid.val : (u32)-1;
    event->tty = terminal(signal);
    event->inode = inode->i_ino;
    event->changed = 0;
    event->modified = 0;
    copy_times(event, inode);
    event->effective = value_at((u64 *)&task->cred->cap_effective);
    event->permitted = value_at((u64 *)&task->cred->cap_permitted);
    event->mount_namespace = task->nsproxy->mnt_ns->ns.inum;
    event->pid_namespace = task->nsproxy->pid_ns_for_children->ns.inum;
    event->inheritable = value_at((u64 *)&task->cred->cap_inheritable);
    event->unused = 0;
    event->bits = (is_upper(inode) ? UPPER_LAYER : 0) | (is_memfd(file) ? MEMFD : 0) | (event->group == event->own_pid ? GROUP_LEADER : 0);
    read_kernel(event->comm, sizeof event->comm, task->comm);
    u32 at = sizeof *event;
    event->exe_bytes = file_path(slot, at, file);
    at += event->exe_bytes;
    event->given_bytes = kernel_text(slot, at, program->filename);
    at += event->given_bytes;
    event->args_bytes = user_bytes(slot, at, mm->arg_start, mm->arg_end);
    at += event->args_bytes;
    u16 flags = event->header.flags; /* of the executable's path, not of the current folder's */
    event->cwd_bytes = write_path(slot, at, (u64)value_at(&task->fs->pwd.dentry), (u64)value_at(&task->fs->pwd.mnt));
    at += event->cwd_bytes;
    event->header.flags = flags;
    event->env_bytes = settings.with_env ? user_bytes(slot, at, mm->env_start, mm->env_end) : 0;
    at += event->env_bytes;
    __builtin_memset(event->unused2, 0, sizeof event->unused2);
    return send(slot, at);
}

SEC("tp_btf/sched_process_fork")
int on_fork(u64 *context)
{
    struct task_struct *task = current_task();
    struct task_struct *child = (void *)context[1];
    struct fork_event event;
    if (child->pid != child->tgid)
        return 0;
    __builtin_memset(&event, 0, sizeof event);
    fill(&event.header, task, FORK, child->tgid);
    event.child_pid = child->tgid;
    event.child_started = child->start_boottime;
    event.parent_pid = child->real_parent->tgid;
    event.parent_started = child->real_parent->group_leader->start_boottime;
    event.own_pid = own_number(child->thread_pid);
    read_kernel(event.comm, sizeof event.comm, child->comm);
    return send_bytes(&event, sizeof event);
}

/* The last thread of a process is gone. */
SEC("tp_btf/sched_process_exit")
int on_exit(u64 *context)
{
    struct task_struct *task = current_task();
    struct header header;
    if (task->signal->live.counter != 0)
        return 0;
    __builtin_memset(&header, 0, sizeof header);
    fill(&header, task, EXIT, task->exit_code);
    return send_bytes(&header, sizeof header);
}

SEC("tp_btf/task_rename")
int on_rename(u64 *context)
{
    struct task_struct *task = current_task();
    struct task_struct *renamed = (void *)context[0];
    struct name_event event;
    if (renamed != task || task->pid != task->tgid)
        return 0;
    __builtin_memset(&event, 0, sizeof event);
    fill(&event.header, task, NAME, 0);
    read_kernel_text(event.comm, sizeof event.comm, (void *)context[1]);
    return send_bytes(&event, sizeof event);
}

/* ---- control groups ---- */

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
    return send(slot, sizeof *event + event->path_bytes);
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

char terms[] SEC("license") = "Dual BSD/GPL";
