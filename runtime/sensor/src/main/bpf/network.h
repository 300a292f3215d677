/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * Sockets: both ends as the kernel knows them, and what the caller gave where it knows nothing yet.
 */
#ifndef HOLDFAST_NETWORK_H
#define HOLDFAST_NETWORK_H

#include "calls.h"
#include "paths.h"

#define AF_UNIX 1
#define AF_INET 2
#define AF_INET6 10
#define SOCK_STREAM 1
#define IPPROTO_TCP 6
#define IPPROTO_MPTCP 262
#define F_DUPFD 0
#define F_DUPFD_CLOEXEC 1030
#define UNIX_BYTES 108 /* of a local address: the longest path */
#define TCP_ESTABLISHED 1
#define TCP_SYN_SENT 2
#define TCP_SYN_RECV 3
#define TCP_CLOSE 7

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

/* Which end of a connection a socket is, from when it was established until it is closed. */
struct {
    __uint(type, BPF_MAP_TYPE_LRU_HASH);
    __uint(max_entries, 16384);
    __type(key, u64);
    __type(value, u8);
} roles SEC(".maps");

/*
 * Where a thread that is connecting goes: what the kernel took from it. When the call ends, the caller may have written another address where
 * the first one was, and have put another file in the place of its socket.
 */
struct attempt {
    u64 sock;
    u16 family, remote_port;
    u32 unused;
    u8 remote[16];
};

struct {
    __uint(type, BPF_MAP_TYPE_LRU_HASH);
    __uint(max_entries, 4096);
    __type(key, u64);
    __type(value, struct attempt);
} attempts SEC(".maps");

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

/* Commands of fcntl that copy a descriptor. */
inlined bool copies(u32 command)
{
    return command == F_DUPFD || command == F_DUPFD_CLOEXEC;
}

/* Datagrams of the machine itself that nobody wants count as talk all the same: a container may go on with the same socket. */
inlined bool is_left_out(u8 type)
{
    return kinds[type] == OF_CONTAINERS && is_of_host();
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
    bool received = peer.received;
    peer.received = !received;
    bool answers = map_lookup(&peers, &peer) != 0;
    event->bits |= received == answers ? CALLS : SERVES;
    return 1;
}

inlined bool is_socket_file(struct file *file)
{
    struct inode *inode = file ? value_at(&file->f_inode) : 0;
    return inode && (value_at(&inode->i_mode) & S_IFMT) == S_IFSOCK;
}

inlined void copy_sock(struct socket_event *event, struct sock *sock)
{
    event->family = value_at(&sock->__sk_common.skc_family);
    event->state = value_at(&sock->__sk_common.skc_state);
    event->kind = value_at(&sock->sk_type);
    event->protocol = value_at(&sock->sk_protocol);
    copy_endpoints(event, sock);
}

/* What the kernel knows about the socket that a descriptor is. */
inlined struct sock *copy_socket(struct socket_event *event, struct file *file)
{
    struct socket *socket = value_at(&file->private_data);
    struct sock *sock = value_at(&socket->sk);
    if (!sock)
        return 0;
    copy_sock(event, sock);
    u64 key = (u64)sock;
    u8 *role = map_lookup(&roles, &key);
    if (role)
        event->bits |= *role;
    return sock;
}

/* Of talk nothing else is told: so this is looked at first. */
inlined bool carries_datagrams(struct file *file)
{
    struct socket *socket = value_at(&file->private_data);
    struct sock *sock = value_at(&socket->sk);
    u16 family = value_at(&sock->__sk_common.skc_family);
    return (family == AF_INET || family == AF_INET6) && value_at(&sock->sk_protocol) != IPPROTO_TCP;
}

/* A connection that no call named so begins: it is told here, its outcome not known yet. */
inlined int tell_connecting(struct sock *sock, s32 descriptor)
{
    struct socket_event event;
    __builtin_memset(&event, 0, sizeof event);
    copy_sock(&event, sock);
    event.fd = descriptor;
    event.bits = CALLS;
    fill(&event.header, current_task(), CONNECT, 0);
    event.header.flags |= NOT_DONE;
    return send_bytes(&event, sizeof event);
}

/* io_uring's connections, and the kernel's own, come here as well, and are told elsewhere, or not at all. */
inlined int on_connecting(struct sock *sock)
{
    struct task_struct *task = current_task();
    if (!has_helper(BPF_FUNC_task_pt_regs) || !kinds[CONNECT] || task->tgid == settings.own_pid || is_left_out(CONNECT))
        return 0;
    struct pt_regs *regs = registers_of(task);
    bool compat = is_compat(task, regs);
    s64 call = number(regs);
    if (connects_too(call, compat))
        return tell_connecting(sock, call == SOCKETCALL && compat ? -1 : (s32)argument(regs, compat, 1));
    if (!is_connect(call, compat))
        return 0;
    struct socket_event ends;
    struct attempt attempt = {.sock = (u64)sock};
    __builtin_memset(&ends, 0, sizeof ends);
    ends.family = value_at(&sock->__sk_common.skc_family);
    copy_endpoints(&ends, sock);
    attempt.family = ends.family;
    attempt.remote_port = ends.remote_port;
    __builtin_memcpy(attempt.remote, ends.remote, sizeof attempt.remote);
    u64 thread = current_pid_tgid();
    map_update(&attempts, &thread, &attempt, 0);
    return 0;
}

SEC("tp_btf/inet_sock_set_state")
int on_socket_state(u64 *context)
{
    u64 sock = context[0];
    s32 before = context[1], now = context[2];
    if (now == TCP_SYN_SENT)
        return on_connecting((void *)sock);
    if (now == TCP_ESTABLISHED && (before == TCP_SYN_SENT || before == TCP_SYN_RECV)) {
        u8 role = before == TCP_SYN_SENT ? CALLS : SERVES;
        map_update(&roles, &sock, &role, 0);
    } else if (now == TCP_CLOSE) {
        map_delete(&roles, &sock);
    }
    return 0;
}

/* Where the current thread went, rather than what its arguments say by now. */
inlined bool use_attempt(struct socket_event *event, struct sock *sock)
{
    u64 thread = current_pid_tgid();
    struct attempt *attempt = map_lookup(&attempts, &thread);
    if (!attempt)
        return 0;
    event->family = attempt->family;
    event->remote_port = attempt->remote_port;
    __builtin_memcpy(event->remote, attempt->remote, sizeof attempt->remote);
    if (attempt->sock != (u64)sock && event->protocol != IPPROTO_MPTCP) { /* which connects by another socket that it made */
        event->kind = SOCK_STREAM;
        event->protocol = IPPROTO_TCP;
    }
    map_delete(&attempts, &thread);
    return 1;
}

/* A local address as it was given: a path, or a name without a file, which begins with a zero. */
inlined u32 local_name(struct slot *slot, u32 at, const void *from, u32 bytes)
{
    keep(at);
    if (bytes <= 2 || at > ROOM)
        return 0;
    bytes = bytes > UNIX_BYTES + 2 ? UNIX_BYTES : bytes - 2;
    keep(bytes);
    bytes &= 127;
    if (read_user(slot->event + at, bytes, from + 2))
        return 0;
    if (!slot->event[at]) {
        slot->event[at] = '@';
        return bytes;
    }
    u32 text = user_text(slot, at, from + 2);
    return text < bytes ? text : bytes;
}

/* Where the file of a local address lies, by whatever name or link it was reached: for a connection that of the other end. */
inlined u32 local_place(struct slot *slot, u32 at, struct sock *sock, u8 type)
{
    struct unix_sock *named = (void *)sock;
    if (!sock || !has_type(struct unix_sock) || value_at(&sock->__sk_common.skc_family) != AF_UNIX)
        return 0;
    if (type == CONNECT)
        named = (void *)value_at(&named->peer);
    struct place place = {};
    if (!named || read_kernel(&place, sizeof place, &named->path) || !place.entry)
        return 0;
    return write_path(slot, at, place.entry, place.mnt);
}

inlined u32 write_local(struct slot *slot, struct sock *sock, const void *given, u32 bytes)
{
    struct socket_event *event = (struct socket_event *)slot->event;
    u32 at = sizeof *event, first = at;
    event->family = AF_UNIX;
    event->path_bytes = local_name(slot, at, given, bytes);
    at += event->path_bytes;
    event->place_bytes = local_place(slot, at, sock, event->header.type);
    if (event->place_bytes)
        event->bits |= PLACE_IS_REAL;
    else if (event->path_bytes && slot->event[first] != '@')
        event->place_bytes = base_path(slot, at, first, event->path_bytes, current_task(), AT_FDCWD);
    return at + event->place_bytes;
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
    bool compat = is_compat(task, regs);
    if (is_dup(type) && wish->path2 && !copies(argument(regs, compat, wish->path2)))
        return 0;
    s64 descriptor = wish->base1 ? (s32)argument(regs, compat, wish->base1) : result;
    struct file *file = file_of(task, descriptor);
    struct inode *inode = file ? value_at(&file->f_inode) : 0;
    bool is_socket = inode && (value_at(&inode->i_mode) & S_IFMT) == S_IFSOCK;
    if (!is_socket && is_dup(type))
        return 0;
    if (is_talk(type) && (result < 0 || !is_socket || !carries_datagrams(file)))
        return 0;
    struct socket_event plain;
    struct socket_event *event = &plain;
    struct sock *sock = 0;
    __builtin_memset(event, 0, sizeof *event);
    if (is_socket)
        sock = copy_socket(event, file);
    event->header.type = type;
    event->fd = descriptor;
    event->value = argument(regs, compat, wish->value1);
    u64 given_at = given_address(regs, compat, wish);
    struct address given = {};
    bool is_known = type == CONNECT && use_attempt(event, sock);
    if (given_at && !is_known) {
        read_user(&given, 28, (void *)given_at);
        bool unknown = event->remote_port == 0 || is_talk(type) || result < 0 || type == BIND;
        if (type != ACCEPT && type != ACCEPT4 && unknown)
            use_given(event, &given);
    }
    if (is_talk(type) && (!is_news(event, sock, value_at(&inode->i_ino)) || is_left_out(type)))
        return 0;
    struct slot *slot = take();
    if (!slot)
        return 0;
    struct socket_event *sent = (struct socket_event *)slot->event;
    __builtin_memcpy(sent, event, sizeof *sent);
    fill(&sent->header, task, type, result);
    u32 at = sizeof *sent;
    if (given.family == AF_UNIX && (type == CONNECT || type == BIND))
        at = write_local(slot, sock, (void *)given_at, argument(regs, compat, 3));
    return send(slot, at);
}

#endif
