/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * Files that are opened, operations on paths, what files are changed to, and which ones could not be executed.
 */
#ifndef HOLDFAST_FILES_H
#define HOLDFAST_FILES_H

#include "calls.h"
#include "paths.h"

#define INODE_HEAD 12 /* words at the start of an inode, among which are all that we read */

/* One look instead of three: every one costs as much as the rest of this. */
inlined void copy_inode(struct open_event *event, struct inode *inode)
{
    u64 head[INODE_HEAD] = {};
    struct super_block *system;
    if (offset_of(struct inode, i_ino) < sizeof head && offset_of(struct inode, i_sb) < sizeof head &&
        offset_of(struct inode, i_mode) < sizeof head) {
        read_kernel(head, sizeof head, inode);
        event->inode = *(u64 *)((void *)head + offset_of(struct inode, i_ino));
        event->file_mode = *(u16 *)((void *)head + offset_of(struct inode, i_mode));
        system = *(struct super_block **)((void *)head + offset_of(struct inode, i_sb));
    } else {
        event->inode = value_at(&inode->i_ino);
        event->file_mode = value_at(&inode->i_mode);
        system = value_at(&inode->i_sb);
    }
    event->device = value_at(&system->s_dev);
}

/*
 * What is known of an opened file before its path: the bits that dev.holdfast.rules.event.OpenAspect numbers. Where no rule can hold for an
 * aspect, such as a file that could not be opened for reading, the event is not even put together.
 */
#define O_WRONLY 1
#define O_RDWR 2
#define O_ACCESS 3
#define O_PATH 010000000
#define ASPECT_READS 1
#define ASPECT_WRITES 2
#define ASPECT_FAILED 4
#define ASPECT_FOLDER 8
#define S_IFDIR 0040000

inlined u32 open_aspect(u8 type, u32 flags, bool failed)
{
    u32 access = flags & O_ACCESS, aspect = failed ? ASPECT_FAILED : 0;
    if (type == CREAT)
        return aspect | ASPECT_WRITES;
    if (access != O_WRONLY && !(flags & O_PATH))
        aspect |= ASPECT_READS;
    if (access == O_WRONLY || access == O_RDWR)
        aspect |= ASPECT_WRITES;
    return aspect;
}

/* Which of some aspects, a bit for each, somebody wants of the current process. */
inlined u16 wanted_of(u8 type, u16 bits)
{
    u16 of_any = aspects[type].of_any & bits, of_host = aspects[type].of_host & bits;
    return of_any != of_host && is_of_host() ? of_host : of_any;
}

/* Before it is known whether it is a file or a folder. */
inlined u16 wanted_aspects(u8 type, u32 aspect)
{
    return wanted_of(type, 1 << aspect | 1 << (aspect | ASPECT_FOLDER));
}

inlined bool is_wanted(u16 wanted, u32 aspect, struct open_event *event)
{
    if ((event->file_mode & S_IFMT) == S_IFDIR)
        aspect |= ASPECT_FOLDER;
    return wanted >> (aspect & 15) & 1;
}

inlined void clear_open(struct open_event *event)
{
    event->inode = 0;
    event->device = 0;
    event->file_mode = 0;
    event->path_bytes = 0;
    event->given_bytes = 0;
    event->base_bytes = 0;
    event->unused = 0;
}

inlined void clear_paths(struct paths_event *event)
{
    event->path1_bytes = 0;
    event->base1_bytes = 0;
    event->path2_bytes = 0;
    event->base2_bytes = 0;
}

SEC("tp_btf/sys_exit")
int on_open(u64 *context)
{
    struct pt_regs *regs = (void *)context[0];
    s64 result = context[1];
    struct task_struct *task = current_task();
    struct wish *wish = wish_of(task, regs);
    if (!wish)
        return 0;
    u8 type = wish->type;
    bool compat = is_compat(task, regs);
    struct { /* no type of the kernel's: this is what the caller gave */
        u64 flags, mode;
    } how = {};
    if (type == OPENAT2) {
        read_user(&how, sizeof how, (void *)argument(regs, compat, 3));
    } else {
        how.flags = argument(regs, compat, wish->value1);
        how.mode = argument(regs, compat, wish->value2);
    }
    u32 aspect = open_aspect(type, how.flags, result < 0);
    u16 wanted = wanted_aspects(type, aspect);
    struct slot *slot = wanted ? take() : 0;
    if (!slot)
        return 0;
    struct open_event *event = (struct open_event *)slot->event;
    fill(&event->header, task, type, result);
    event->flags = how.flags;
    event->mode = how.mode;
    clear_open(event);
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
    bool compat = is_compat(task, regs);
    struct paths_event *event = (struct paths_event *)slot->event;
    fill(&event->header, task, wish->type, context[1]);
    event->value1 = argument(regs, compat, wish->value1);
    event->value2 = argument(regs, compat, wish->value2);
    clear_paths(event);
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

inlined bool is_failed_execution(u8 type)
{
    return type == FAILED_EXECVE || type == FAILED_EXECVEAT;
}

/* What one file is changed to: owners, its length, attributes; and programs that could not be executed: those that could are told as they start. */
SEC("tp_btf/sys_exit")
int on_file(u64 *context)
{
    struct pt_regs *regs = (void *)context[0];
    struct task_struct *task = current_task();
    struct wish *wish = wish_of(task, regs);
    if (!wish || (is_failed_execution(wish->type) && (s64)context[1] >= 0))
        return 0;
    struct slot *slot = take();
    if (!slot)
        return 0;
    bool compat = is_compat(task, regs);
    struct file_event *event = (struct file_event *)slot->event;
    fill(&event->header, task, wish->type, context[1]);
    event->value1 = argument(regs, compat, wish->value1);
    event->value2 = argument(regs, compat, wish->value2);
    event->value3 = argument(regs, compat, wish->base2);
    event->folder = folder(regs, compat, wish->base1);
    event->unused = 0;
    event->path_bytes = 0;
    event->name_bytes = 0;
    event->unused_bytes = 0;
    u32 at = sizeof *event, given = at;
    if (wish->path1) {
        event->path_bytes = user_text(slot, at, (void *)argument(regs, compat, wish->path1));
        at += event->path_bytes;
    }
    event->base_bytes = base_path(slot, at, given, event->path_bytes, task, event->folder);
    at += event->base_bytes;
    if (wish->path2) {
        event->name_bytes = user_text(slot, at, (void *)argument(regs, compat, wish->path2));
        at += event->name_bytes;
    }
    return send(slot, at);
}

#endif
