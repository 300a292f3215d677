/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * Operations that processes ask for through io_uring: no system call tells them. A request is seen when it is handed over, which has its
 * arguments, and when it is done, which has its outcome. What a descriptor comes of (files, accepted connections, sockets) is told at the end, as
 * its system call would be; what has no more to show is told at once, as NOT_DONE. So is what will not be told at its end: because
 * the descriptor goes into the ring's own table, or because the caller asked for silence.
 *
 * The ends of accepts that go on and on (multishot) name no request, but the ring and the caller's own word for it: these are kept when they
 * are asked for. Not seen on older kernels, which tell ends in another form, and where connections go into the ring's own table.
 */
#ifndef HOLDFAST_URING_H
#define HOLDFAST_URING_H

#include "files.h"
#include "network.h"

/* Numbers of operations (enum io_uring_op), which are part of the kernel's interface. */
#define OP_SENDMSG 9
#define OP_ACCEPT 13
#define OP_CONNECT 16
#define OP_OPENAT 18
#define OP_SEND 26
#define OP_OPENAT2 28
#define OP_RENAMEAT 35
#define OP_UNLINKAT 36
#define OP_MKDIRAT 37
#define OP_SYMLINKAT 38
#define OP_LINKAT 39
#define OP_SOCKET 45
#define OP_SEND_ZC 47
#define OP_SENDMSG_ZC 48
#define OP_BIND 56
#define OP_LISTEN 57

#define FIXED_FILE 1  /* of a request: its descriptor is one of the ring's own table */
#define SILENT 64     /* of a request: nothing is told when it succeeds */
#define GOES_ON 1     /* of an accept: every connection that comes is an end of it */
#define GIVEN 512     /* bytes that are kept of a path */

/* Opens that are not done yet. */
struct opening {
    u32 flags, mode;
    s32 folder;
    u32 given_bytes;
    u8 given[GIVEN];
};

struct {
    __uint(type, BPF_MAP_TYPE_LRU_HASH);
    __uint(max_entries, 1024);
    __type(key, u64);
    __type(value, struct opening);
} openings SEC(".maps");

/* Too large for the stack of a program. */
struct {
    __uint(type, BPF_MAP_TYPE_PERCPU_ARRAY);
    __uint(max_entries, 1);
    __type(key, u32);
    __type(value, struct opening);
} opening_scratch SEC(".maps");

/* The kind of event that a request is, if somebody wants it. */
inlined u8 request_kind(struct io_kiocb *request)
{
    u8 type;
    switch (value_at(&request->opcode)) {
    case OP_OPENAT:
        type = OPENAT;
        break;
    case OP_OPENAT2:
        type = OPENAT2;
        break;
    case OP_RENAMEAT:
        type = value_at(&((struct io_rename *)request)->flags) ? RENAMEAT2 : RENAMEAT;
        break;
    case OP_UNLINKAT:
        type = UNLINKAT;
        break;
    case OP_MKDIRAT:
        type = MKDIRAT;
        break;
    case OP_SYMLINKAT:
        type = SYMLINKAT;
        break;
    case OP_LINKAT:
        type = LINKAT;
        break;
    case OP_CONNECT:
        type = CONNECT;
        break;
    case OP_ACCEPT:
        type = ACCEPT4;
        break;
    case OP_SOCKET:
        type = SOCKET;
        break;
    case OP_BIND:
        type = BIND;
        break;
    case OP_LISTEN:
        type = LISTEN;
        break;
    case OP_SEND:
    case OP_SEND_ZC:
        type = SENDTO;
        break;
    case OP_SENDMSG:
    case OP_SENDMSG_ZC:
        type = SENDMSG;
        break;
    default:
        return 0;
    }
    return kinds[type] ? type : 0;
}

inlined void fill_request(struct header *header, u8 type, s64 result, u16 flags)
{
    fill(header, current_task(), type, result);
    header->flags |= BY_IO_URING | flags;
}

/* The path that a request of a type has under a name: in both forms a pointer lies there. */
#define path_of(type, request, member)                                                                                       \
    value_at((struct filename **)((void *)(request) + (has_member(struct type##___delayed, member)                           \
                                                           ? offset_of(struct type##___delayed, member)                      \
                                                           : offset_of(struct type, member))))

inlined u32 name_text(struct slot *slot, u32 at, struct filename *name)
{
    return kernel_text(slot, at, value_at(&name->name));
}

/* ---- files ---- */

inlined int tell_open(struct io_open *open, u8 type)
{
    u32 aspect = open_aspect(type, value_at(&open->how.flags), 0); /* a folder is not known for one yet */
    struct slot *slot = wanted_of(type, 1 << aspect) ? take() : 0;
    if (!slot)
        return 0;
    struct open_event *event = (struct open_event *)slot->event;
    clear_open(event);
    fill_request(&event->header, type, 0, NOT_DONE);
    event->flags = value_at(&open->how.flags);
    event->mode = value_at(&open->how.mode);
    u32 at = sizeof *event;
    event->given_bytes = name_text(slot, at, path_of(io_open, open, filename));
    at += event->given_bytes;
    event->base_bytes = base_path(slot, at, sizeof *event, event->given_bytes, current_task(), value_at(&open->dfd));
    return send(slot, at + event->base_bytes);
}

inlined int keep_open(struct io_kiocb *request, struct io_open *open)
{
    u32 zero = 0;
    u64 key = (u64)request;
    struct opening *opening = map_lookup(&opening_scratch, &zero);
    if (!opening)
        return 0;
    struct filename *name = path_of(io_open, open, filename);
    long bytes = read_kernel_text(opening->given, GIVEN, value_at(&name->name));
    opening->flags = value_at(&open->how.flags);
    opening->mode = value_at(&open->how.mode);
    opening->folder = value_at(&open->dfd);
    opening->given_bytes = bytes > 0 ? bytes - 1 : 0;
    map_update(&openings, &key, opening, 0);
    return 0;
}

inlined int tell_opened(struct opening *opening, u8 type, s64 result)
{
    struct task_struct *task = current_task();
    u32 aspect = open_aspect(type, opening->flags, result < 0);
    u16 wanted = wanted_aspects(type, aspect);
    struct slot *slot = wanted ? take() : 0;
    if (!slot)
        return 0;
    struct open_event *event = (struct open_event *)slot->event;
    clear_open(event);
    fill_request(&event->header, type, result, opening->given_bytes == GIVEN - 1 ? TEXT_CUT : 0);
    event->flags = opening->flags;
    event->mode = opening->mode;
    u32 at = sizeof *event;
    struct file *file = result < 0 ? 0 : file_of(task, result);
    struct place place = {};
    if (file)
        copy_inode(event, read_file(&place, file));
    if (!is_wanted(wanted, aspect, event))
        return drop(slot);
    if (file) {
        event->path_bytes = write_path(slot, at, place.entry, place.mnt);
        at += event->path_bytes;
    }
    u32 given = at;
    event->given_bytes = kernel_text(slot, at, opening->given);
    at += event->given_bytes;
    if (!file) {
        event->base_bytes = base_path(slot, at, given, event->given_bytes, task, opening->folder);
        at += event->base_bytes;
    }
    return send(slot, at);
}

inlined int tell_forgotten(struct io_open *open, u8 type, s64 result)
{
    u32 zero = 0;
    struct opening *opening = map_lookup(&opening_scratch, &zero);
    if (!opening || value_at(&open->file_slot))
        return 0;
    opening->flags = value_at(&open->how.flags);
    opening->mode = value_at(&open->how.mode);
    opening->folder = AT_FDCWD;
    opening->given_bytes = 0;
    opening->given[0] = 0;
    return tell_opened(opening, type, result);
}

inlined int tell_paths(struct io_kiocb *request, u8 type)
{
    struct task_struct *task = current_task();
    struct io_rename *rename = (void *)request;
    struct io_link *link = (void *)request;
    struct io_unlink *unlink = (void *)request;
    struct io_mkdir *mkdir = (void *)request;
    struct filename *first, *second = 0;
    s32 folder1, folder2 = AT_FDCWD;
    u32 value = 0;
    switch (type) {
    case UNLINKAT:
        first = path_of(io_unlink, unlink, filename);
        folder1 = value_at(&unlink->dfd);
        value = value_at(&unlink->flags);
        break;
    case MKDIRAT:
        first = path_of(io_mkdir, mkdir, filename);
        folder1 = value_at(&mkdir->dfd);
        value = value_at(&mkdir->mode);
        break;
    case SYMLINKAT:
        first = path_of(io_link, link, oldpath);
        folder1 = AT_FDCWD;
        second = path_of(io_link, link, newpath);
        folder2 = value_at(&link->new_dfd);
        break;
    case LINKAT:
        first = path_of(io_link, link, oldpath);
        folder1 = value_at(&link->old_dfd);
        second = path_of(io_link, link, newpath);
        folder2 = value_at(&link->new_dfd);
        value = value_at(&link->flags);
        break;
    default:
        first = path_of(io_rename, rename, oldpath);
        folder1 = value_at(&rename->old_dfd);
        second = path_of(io_rename, rename, newpath);
        folder2 = value_at(&rename->new_dfd);
        value = value_at(&rename->flags);
        break;
    }
    struct slot *slot = is_left_out(type) ? 0 : take();
    if (!slot)
        return 0;
    struct paths_event *event = (struct paths_event *)slot->event;
    clear_paths(event);
    fill_request(&event->header, type, 0, NOT_DONE);
    event->value1 = value;
    event->value2 = 0;
    u32 at = sizeof *event, given = at;
    event->path1_bytes = name_text(slot, at, first);
    at += event->path1_bytes;
    event->base1_bytes = base_path(slot, at, given, event->path1_bytes, task, folder1);
    at += event->base1_bytes;
    if (second) {
        given = at;
        event->path2_bytes = name_text(slot, at, second);
        at += event->path2_bytes;
        event->base2_bytes = base_path(slot, at, given, event->path2_bytes, task, folder2);
        at += event->base2_bytes;
    }
    return send(slot, at);
}

/* ---- sockets ---- */

inlined int send_socket(struct socket_event *event, u8 type, s64 result, u16 flags)
{
    fill_request(&event->header, type, result, flags);
    return send_bytes(event, sizeof *event);
}

/* What is asked of a socket: to connect, to send, to listen, to have an address. */
inlined int tell_socket(struct io_kiocb *request, u8 type)
{
    struct socket_event event;
    struct address given = {};
    __builtin_memset(&event, 0, sizeof event);
    event.header.type = type;
    event.fd = value_at(&request->cqe.fd);
    struct file *file = value_at(&request->flags) & FIXED_FILE ? 0 : file_of(current_task(), event.fd);
    struct sock *sock = is_socket_file(file) ? copy_socket(&event, file) : 0;
    if (type == CONNECT) {
        read_user(&given, 28, value_at(&((struct io_connect *)request)->addr));
    } else if (type == LISTEN) {
        event.value = value_at(&((struct io_listen *)request)->backlog);
    } else if (has_type(struct io_async_msghdr)) {
        struct io_async_msghdr *message = value_at(&request->async_data);
        if (message)
            read_kernel(&given, 28, &message->addr);
    }
    use_given(&event, &given);
    if (is_talk(type) && (!sock || !is_news(&event, sock, 0)))
        return 0;
    if (is_left_out(type))
        return 0;
    return send_socket(&event, type, 0, NOT_DONE);
}

/* What a request for a descriptor brought. */
inlined int tell_made(u8 type, s64 result)
{
    struct socket_event event;
    if (is_left_out(type))
        return 0;
    __builtin_memset(&event, 0, sizeof event);
    event.fd = result;
    struct file *file = result < 0 ? 0 : file_of(current_task(), result);
    if (is_socket_file(file))
        copy_socket(&event, file);
    if (type == SOCKET)
        event.value = event.family;
    return send_socket(&event, type, result, 0);
}

/* Accepts that go on: the ring, and what the caller calls them. */
struct going_on {
    u64 ring, word;
};

struct {
    __uint(type, BPF_MAP_TYPE_LRU_HASH);
    __uint(max_entries, 1024);
    __type(key, struct going_on);
    __type(value, u8);
} accepts SEC(".maps");

inlined int keep_accept(struct io_kiocb *request)
{
    struct io_accept *accept = (void *)request;
    struct going_on key = {(u64)value_at(&request->ctx), value_at(&request->cqe.user_data)};
    u8 kept = 1;
    if (!has_member(struct io_accept, iou_flags))
        return 0;
    if (value_at(&accept->iou_flags) & GOES_ON && !value_at(&accept->file_slot))
        map_update(&accepts, &key, &kept, 0);
    return 0;
}

/* One of the ends of a request that goes on. */
inlined int tell_accepted(u64 ring, struct io_uring_cqe *end)
{
    struct going_on key = {ring, value_at(&end->user_data)};
    if (!kinds[ACCEPT4] || !map_lookup(&accepts, &key))
        return 0;
    return tell_made(ACCEPT4, value_at(&end->res));
}

/* ---- both ends of a request ---- */

SEC("tp_btf/io_uring_submit_req")
int on_uring_submit(u64 *context)
{
    struct io_kiocb *request = (void *)context[0];
    struct io_open *open = (void *)request;
    u8 type = request_kind(request);
    if (!type || current_pid_tgid() >> 32 == settings.own_pid)
        return 0;
    switch (type) {
    case OPENAT:
    case OPENAT2:
        return value_at(&request->flags) & SILENT || value_at(&open->file_slot) ? tell_open(open, type) : keep_open(request, open);
    case RENAMEAT:
    case RENAMEAT2:
    case UNLINKAT:
    case MKDIRAT:
    case SYMLINKAT:
    case LINKAT:
        return tell_paths(request, type);
    case CONNECT:
    case SENDTO:
    case SENDMSG:
    case BIND:
    case LISTEN:
        return tell_socket(request, type);
    case ACCEPT4:
        return keep_accept(request);
    default: /* told at the end */
        return 0;
    }
}

SEC("tp_btf/io_uring_complete")
int on_uring_complete(u64 *context)
{
    struct io_kiocb *request = (void *)context[1];
    u64 key = (u64)request;
    if (!request)
        return current_pid_tgid() >> 32 == settings.own_pid ? 0 : tell_accepted(context[0], (void *)context[2]);
    u8 type = request_kind(request);
    if (type != OPENAT && type != OPENAT2 && type != ACCEPT4 && type != SOCKET)
        return 0;
    if (current_pid_tgid() >> 32 == settings.own_pid)
        return 0;
    s32 result = value_at(&request->cqe.res);
    if (type == ACCEPT4 || type == SOCKET)
        return tell_made(type, result);
    struct opening *opening = map_lookup(&openings, &key);
    if (!opening) /* pushed out by many others that wait: the file tells what it is, whatever it was called */
        return result < 0 ? 0 : tell_forgotten((struct io_open *)request, type, result);
    tell_opened(opening, type, result);
    map_delete(&openings, &key);
    return 0;
}

#endif
