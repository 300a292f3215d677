// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/*
 * Cuts a control group off the network: every packet of its sockets, in both directions, is dropped, but for those from and to addresses in
 * a table, and those of its loopback when it is asked to. Two programs, one a direction, attached to the group by links that are pinned in
 * the file system of BPF: they stay when the program that attached them ends, and go when the pins are removed or the group ends.
 *
 * The kernel calls them with the packet from its IP header on. Dropping is deciding about each packet by itself, so connections that exist
 * stall, and go on when the programs are gone.
 */
#include "kernel.h"
#include "helpers.h"

#define BPF_MAP_TYPE_ARRAY 2
#define BPF_MAP_TYPE_LPM_TRIE 11
#define BPF_F_NO_PREALLOC 1
#define LOOPBACK 1 /* the index of lo, the same in every network namespace */
#define DROP 0
#define PASS 1
#define ICMPV6 58

static long (*const load_bytes)(const void *packet, u32 offset, void *to, u32 size) = (void *)26;

/* The packet as programs see it: a stable interface (include/uapi/linux/bpf.h), of which we need this. */
struct __sk_buff {
    u32 len, pkt_type, mark, queue_mapping, protocol, vlan_present, vlan_tci, vlan_proto, priority, ingress_ifindex, ifindex;
};

/* Fixed when the programs are loaded. */
const volatile struct {
    u32 keep_loopback;
    u32 keep_neighbours; /* IPv6 finds who has an address by ICMPv6: needed where an IPv6 address is excepted */
} settings = {};

/* An address, or a prefix of one: bits that count, those of the family included; 4 or 6; the address from its first byte on. */
struct peer {
    u32 bits;
    u32 family;
    u8 address[16];
};

struct {
    __uint(type, BPF_MAP_TYPE_LPM_TRIE);
    __uint(max_entries, 256);
    __uint(map_flags, BPF_F_NO_PREALLOC);
    __type(key, struct peer);
    __type(value, u32);
} allowed SEC(".maps");

/* Packets dropped on the way out, dropped on the way in, let through; then the settings once more, for who reads the pins. */
struct {
    __uint(type, BPF_MAP_TYPE_ARRAY);
    __uint(max_entries, 4);
    __type(key, u32);
    __type(value, u64);
} counts SEC(".maps");

inlined int counted(u32 which, int verdict) {
    u64 *count = map_lookup(&counts, &which);
    if (count)
        __sync_fetch_and_add(count, 1);
    return verdict;
}

/* Whether an address is of this link only (fe80::/10, RFC 4291), of all neighbours (ff02::/16), or none, which whoever has no address yet is. */
inlined bool is_of_link(const u8 *address) {
    u8 any = 0;
    for (int i = 0; i < 16; i++)
        any |= address[i];
    return !any || (address[0] == 0xfe && (address[1] & 0xc0) == 0x80) || (address[0] == 0xff && (address[1] & 0x0f) == 0x02);
}

/*
 * Whether a packet asks or says who on this link has an address, and was not routed (RFC 4861: its hop limit is still 255). A router would pass
 * it on to any other address, so only those of the link are let through; an excepted address is by the table.
 */
inlined bool is_neighbours(struct __sk_buff *packet, const u8 *address) {
    u8 next_and_hops[2], type;
    if (!is_of_link(address) || load_bytes(packet, 6, next_and_hops, 2) || next_and_hops[0] != ICMPV6 || next_and_hops[1] != 255)
        return 0;
    return load_bytes(packet, 40, &type, 1) == 0 && (type == 135 || type == 136);
}

/* The other end's address lies at these offsets of the IPv4 and the IPv6 header. */
inlined int judge(struct __sk_buff *packet, u32 direction, u32 at4, u32 at6) {
    struct peer peer = {};
    u8 version;
    if (packet->ifindex == LOOPBACK && settings.keep_loopback)
        return counted(2, PASS);
    if (load_bytes(packet, 0, &version, 1))
        return counted(direction, DROP);
    peer.family = version >> 4;
    if (peer.family == 4) {
        peer.bits = 32 + 32;
        if (load_bytes(packet, at4, peer.address, 4))
            return counted(direction, DROP);
    } else if (peer.family == 6) {
        peer.bits = 32 + 128;
        if (load_bytes(packet, at6, peer.address, 16))
            return counted(direction, DROP);
        if (settings.keep_neighbours && is_neighbours(packet, peer.address))
            return counted(2, PASS);
    } else {
        return counted(direction, DROP);
    }
    return map_lookup(&allowed, &peer) ? counted(2, PASS) : counted(direction, DROP);
}

SEC("cgroup_skb/egress")
int cut_egress(struct __sk_buff *packet) {
    return judge(packet, 0, 16, 24);
}

SEC("cgroup_skb/ingress")
int cut_ingress(struct __sk_buff *packet) {
    return judge(packet, 1, 12, 8);
}

char terms[] SEC("license") = "Dual BSD/GPL";
