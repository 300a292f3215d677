/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * Sockets: both ends as the kernel knows them, and what the caller gave where it knows nothing yet.
 */
#ifndef HOLDFAST_NETWORK_H
#define HOLDFAST_NETWORK_H

#include "calls.h"
#include "paths.h"

#define S_IFMT 0170000
#define S_IFSOCK 0140000
#define AF_UNIX 1
#define AF_INET 2
#define AF_INET6 10
#define IPPROTO_TCP 6
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

SEC("tp_btf/inet_sock_set_state")
int on_socket_state(u64 *context)
{
    u64 sock = context[0];
    s32 before = context[1], now = context[2];
    if (now == TCP_ESTABLISHED && (before == TCP_SYN_SENT || before == TCP_SYN_RECV)) {
        u8 role = before == TCP_SYN_SENT ? CALLS : SERVES;
        map_update(&roles, &sock, &role, 0);
    } else if (now == TCP_CLOSE) {
        map_delete(&roles, &sock);
    }
    return 0;
}

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

/* What the kernel knows about the socket that a descriptor is. */
inlined struct sock *copy_socket(struct socket_event *event, struct file *file)
{
    struct socket *socket = value_at(&file->private_data);
    struct sock *sock = value_at(&socket->sk);
    if (!sock)
        return 0;
    event->family = value_at(&sock->__sk_common.skc_family);
    event->state = value_at(&sock->__sk_common.skc_state);
    event->kind = value_at(&sock->sk_type);
    event->protocol = value_at(&sock->sk_protocol);
    copy_endpoints(event, sock);
    u64 key = (u64)sock;
    u8 *role = map_lookup(&roles, &key);
    if (role)
        event->bits |= *role;
    return sock;
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
    if (is_socket)
        sock = copy_socket(event, file);
    if (sock && is_talk(type)) {
        if (event->family != AF_INET && event->family != AF_INET6)
            return 0;
        if (event->protocol == IPPROTO_TCP || result < 0)
            return 0;
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

#endif
