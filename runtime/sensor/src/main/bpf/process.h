/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * Processes: what they execute, their children, their ends, their names.
 */
#ifndef HOLDFAST_PROCESS_H
#define HOLDFAST_PROCESS_H

#include "paths.h"

#define OVERLAYFS 0x794c7630

/* Of an address that was read: with one that the verifier knows for a pid's, older kernels let nobody count. */
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

/* What a standard stream is: a shell whose input is a connection got it in one of many ways, and all of them end here. */
inlined u16 stream(struct task_struct *task, u32 descriptor)
{
    struct file *file = file_of(task, descriptor);
    struct inode *inode = file ? value_at(&file->f_inode) : 0;
    u16 mode = inode ? value_at(&inode->i_mode) & S_IFMT : 0;
    if (mode != S_IFSOCK)
        return mode >> 4;
    struct socket *socket = value_at(&file->private_data);
    struct sock *sock = value_at(&socket->sk);
    return mode >> 4 | (u8)value_at(&sock->__sk_common.skc_family);
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
    event->own_pid = own_number(value_at(&task->thread_pid));
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
    event->cwd_bytes = write_place(slot, at, &task->fs->pwd);
    at += event->cwd_bytes;
    event->header.flags = flags;
    event->env_bytes = settings.with_env ? user_bytes(slot, at, mm->env_start, mm->env_end) : 0;
    at += event->env_bytes;
    for (u32 i = 0; i < 3; i++)
        event->streams[i] = stream(task, i);
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
    event.own_pid = own_number(value_at(&child->thread_pid));
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
    if (renamed->tgid != task->tgid || renamed->pid != renamed->tgid) /* a thread may name the first one */
        return 0;
    __builtin_memset(&event, 0, sizeof event);
    fill(&event.header, task, NAME, 0);
    read_kernel_text(event.comm, sizeof event.comm, (void *)context[1]);
    return send_bytes(&event, sizeof event);
}

#endif
