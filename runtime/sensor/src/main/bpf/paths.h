/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * The paths of files as the kernel knows them, whatever the caller wrote.
 */
#ifndef HOLDFAST_PATHS_H
#define HOLDFAST_PATHS_H

#include "texts.h"

/* Where a short name lies in its entry; 0 when this kernel has it elsewhere than behind parent, name and inode. */
inlined u64 short_name(void)
{
    u64 at = has_member(struct dentry___short, d_shortname) ? offset_of(struct dentry___short, d_shortname)
             : has_member(struct dentry___inline, d_iname)  ? offset_of(struct dentry___inline, d_iname)
                                                            : 0;
    return at == offset_of(struct dentry, d_parent) + 32 ? at : 0;
}

/*
 * An entry's parent and its name lie side by side in every kernel that we know, mostly with the letters of the name behind them; in others they are read
 * one by one. A look costs as much as all that is done with what it brings, so one look is better than two.
 */
inlined void read_entry(struct entry *to, struct dentry *entry)
{
    u64 name_at = short_name();
    if (offset_of(struct dentry, d_name) == offset_of(struct dentry, d_parent) + 8) {
        read_kernel(to, name_at ? sizeof *to : 24, (void *)entry + offset_of(struct dentry, d_parent));
    } else {
        to->parent = (u64)value_at(&entry->d_parent);
        read_kernel(&to->hash_len, 16, &entry->d_name);
        name_at = 0;
    }
    /* with few branches: the verifier follows each */
    to->elsewhere = 1;
    if (name_at && to->name == (u64)entry + name_at)
        to->elsewhere = (SHORT_NAME - (to->hash_len >> 32)) >> 63;
}

/* More than the name has: what comes next is written over it. */
inlined void copy_short(u8 *to, u64 *name)
{
    u64 *words = (u64 *)to;
    for (u32 i = 0; i < SHORT_NAME / 8; i++)
        words[i] = name[i];
}

/* Mount and entry: a struct path, which has nothing else. */
struct place {
    u64 mnt, entry;
};

/* Writes the names that were collected, last one first. A function of its own: else it would be verified for each count of names. */
__attribute__((noinline)) u32 write_names(struct slot *slot, u32 at)
{
    if (!slot)
        return 0;
    u32 start = at;
    slot->at = at;
    u32 names = slot->names;
    for (u32 i = COMPONENTS; i > 0; i--) {
        struct entry *read = &slot->entries[i - 1];
        u32 bytes = read->hash_len >> 32 & 255;
        if (i > names || !read->name)
            continue;
        at = slot->at;
        if (at > ROOM)
            break;
        slot->event[at] = '/';
        if (read->elsewhere)
            read_kernel(slot->event + at + 1, bytes, (const void *)read->name);
        else
            copy_short(slot->event + at + 1, read->brief);
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

/*
 * Writes the path of a file as its process would name it: from the file's own directory entry upwards, across mounts, to the root of the
 * process. Links and "..", whatever the caller wrote, are gone. First the names are collected, last one first; then they are written.
 *
 * What the verifier knows about a value multiplies the branches that it follows: so the count of names and the places go through memory,
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
    slot->root_entry = (u64)fs->root.dentry;
    slot->root_mnt = (u64)fs->root.mnt;
    struct dentry *root_entry = (void *)slot->root_entry;
    struct vfsmount *root_mnt = (void *)slot->root_mnt;
    struct header *header = (struct header *)slot->event;
    struct dentry *top = value_at(&mnt->mnt_root);
    slot->names = COMPONENTS;
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
            slot->entries[i].name = 0;
        } else {
            struct entry *read = &slot->entries[i];
            read_entry(read, entry);
            struct dentry *above = (void *)read->parent;
            if (above == entry) {
                header->flags |= DETACHED;
                above = root_entry;
                mnt = root_mnt;
            }
            entry = above;
        }
    }
    if (slot->names == COMPONENTS)
        header->flags |= PATH_CUT;
    return write_names(slot, at);
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

#define FILE_PART 8 /* words of a file that are read at once */

/* What a file is, and where it lies: both in one look, where they are not far from each other. */
inlined struct inode *read_file(struct place *place, struct file *file)
{
    u64 inode_at = offset_of(struct file, f_inode), path_at = offset_of(struct file, f_path);
    u64 first = inode_at < path_at ? inode_at : path_at;
    u64 part[FILE_PART] = {};
    if (inode_at - first <= sizeof part - 8 && path_at - first <= sizeof part - sizeof *place) {
        read_kernel(part, sizeof part, (void *)file + first);
        place->mnt = *(u64 *)((void *)part + (path_at - first));
        place->entry = *(u64 *)((void *)part + (path_at - first) + 8);
        return *(struct inode **)((void *)part + (inode_at - first));
    }
    read_kernel(place, sizeof *place, &file->f_path);
    return value_at(&file->f_inode);
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
