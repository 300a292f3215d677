/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * The paths of files as the kernel knows them, whatever the caller wrote.
 */
#ifndef HOLDFAST_PATHS_H
#define HOLDFAST_PATHS_H

#include "texts.h"

/* An entry's parent and its name lie side by side in every kernel that we know; in others they are read one by one. */
struct entry {
    u64 parent, hash_len, name;
};

inlined void read_entry(struct entry *to, struct dentry *entry)
{
    if (offset_of(struct dentry, d_name) == offset_of(struct dentry, d_parent) + 8) {
        read_kernel(to, sizeof *to, (void *)entry + offset_of(struct dentry, d_parent));
    } else {
        to->parent = (u64)value_at(&entry->d_parent);
        read_kernel(&to->hash_len, 16, &entry->d_name);
    }
}

/* Mount and entry: a struct path, which has nothing else. */
struct place {
    u64 mnt, entry;
};

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
    struct dentry *root_entry = (void *)(u64)fs->root.dentry;
    struct vfsmount *root_mnt = (void *)(u64)fs->root.mnt;
    struct header *header = (struct header *)slot->event;
    struct dentry *top = value_at(&mnt->mnt_root);
    u32 start = at;
    slot->names = COMPONENTS;
    slot->at = at;
    for (u32 i = 0; i < COMPONENTS; i++) {
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
            struct entry read = {};
            read_entry(&read, entry);
            struct dentry *above = (void *)read.parent;
            if (above == entry) {
                header->flags |= DETACHED;
                above = root_entry;
                mnt = root_mnt;
            }
            entry = above;
            slot->name[i] = read.name;
            slot->name_bytes[i] = read.hash_len >> 32;
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

inlined u32 write_place(struct slot *slot, u32 at, const struct path *path)
{
    struct place place = {};
    read_kernel(&place, sizeof place, path);
    return write_path(slot, at, place.entry, place.mnt);
}

inlined u32 file_path(struct slot *slot, u32 at, struct file *file)
{
    return write_place(slot, at, &file->f_path);
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
    return write_place(slot, at, &fs->pwd);
}

#endif
