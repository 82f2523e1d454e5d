// What Swift cannot call on Linux: variadic and GNU-only calls, as plain system calls.
// No header with structures is included: a second definition of struct stat or sigset_t would
// make Swift ask for `import CLinux` wherever the C library's own is meant.
#pragma once
#include <stdint.h>
#include <sys/syscall.h>

// The C library's syscall(2) under a name of our own; sets errno.
extern long linux_call(long number, ...) __asm__("syscall");
extern char **linux_environment_variables __asm__("environ");
// Declared by the C library only under _GNU_SOURCE.
extern int linux_spawn_in_folder(void *actions, const char *path)
    __asm__("posix_spawn_file_actions_addchdir_np");

static inline char **linux_environment(void) { return linux_environment_variables; }

// A descriptor for one process; it cannot be confused with a later process of the same number.
static inline int linux_pidfd_open(int pid) {
    return (int)linux_call(SYS_pidfd_open, pid, 0u);
}

static inline int linux_pidfd_send_signal(int descriptor, int number) {
    return (int)linux_call(SYS_pidfd_send_signal, descriptor, number, (void *)0, 0u);
}

// struct flock of a 64-bit machine.
struct linux_lock { int16_t type; int16_t whence; int64_t start; int64_t length; int32_t pid; };

// Takes a write lock that belongs to the open file description, over the whole file.
static inline int linux_lock_whole_file(int descriptor) {
    struct linux_lock lock = {1 /* F_WRLCK */, 0, 0, 0, 0};
    return (int)linux_call(SYS_fcntl, descriptor, 37 /* F_OFD_SETLK */, &lock);
}

// Gives the lock up for every descriptor of the description, a child's between fork and exec too.
static inline int linux_unlock_whole_file(int descriptor) {
    struct linux_lock lock = {2 /* F_UNLCK */, 0, 0, 0, 0};
    return (int)linux_call(SYS_fcntl, descriptor, 37 /* F_OFD_SETLK */, &lock);
}

// 1 when another open file description holds the lock, 0 when it is free, -1 with errno.
static inline int linux_whole_file_is_locked(int descriptor) {
    struct linux_lock lock = {1 /* F_WRLCK */, 0, 0, 0, 0};
    if (linux_call(SYS_fcntl, descriptor, 36 /* F_OFD_GETLK */, &lock) != 0) return -1;
    return lock.type == 2 /* F_UNLCK */ ? 0 : 1;
}

// struct ucred.
struct linux_peer { int32_t pid; uint32_t uid; uint32_t gid; };

static inline int linux_peer_credentials(int descriptor, struct linux_peer *peer) {
    uint32_t length = sizeof *peer;
    return (int)linux_call(
        SYS_getsockopt, descriptor, 1 /* SOL_SOCKET */, 17 /* SO_PEERCRED */, peer, &length);
}

// SOCK_NONBLOCK | SOCK_CLOEXEC
#define LINUX_SOCKET_FLAGS 02004000

static inline int linux_seqpacket_socket(void) {
    return (int)linux_call(SYS_socket, 1 /* AF_UNIX */, 5 | LINUX_SOCKET_FLAGS, 0);
}

static inline int linux_datagram_socket(void) {
    return (int)linux_call(SYS_socket, 1 /* AF_UNIX */, 2 | LINUX_SOCKET_FLAGS, 0);
}

static inline int linux_accept(int descriptor) {
    return (int)linux_call(
        SYS_accept4, descriptor, (void *)0, (void *)0, LINUX_SOCKET_FLAGS);
}

static inline int linux_close_from(unsigned int first) {
    return (int)linux_call(SYS_close_range, first, ~0u, 0u);
}

// The magic number of the file system and the bytes that this user may still write.
static inline int linux_file_system(int descriptor, int64_t *magic, int64_t *available) {
    struct { int64_t type, block, blocks, free, available, rest[32]; } facts;
    if (linux_call(SYS_fstatfs, descriptor, &facts) != 0) return -1;
    *magic = (int64_t)(uint32_t)facts.type;
    *available = facts.available * facts.block;
    return 0;
}

// Bytes of the file system, and those of them that this user may still write.
static inline int linux_disk_room(int descriptor, int64_t *total, int64_t *available) {
    struct { int64_t type, block, blocks, free, available, rest[32]; } facts;
    if (linux_call(SYS_fstatfs, descriptor, &facts) != 0) return -1;
    *total = facts.blocks * facts.block;
    *available = facts.available * facts.block;
    return 0;
}

static inline uint32_t linux_major(uint64_t device) {
    return (uint32_t)((device >> 8 & 0xfff) | (device >> 32 & 0xfffff000u));
}

static inline uint32_t linux_minor(uint64_t device) {
    return (uint32_t)((device & 0xff) | (device >> 12 & 0xffffff00u));
}

static inline int linux_forbid_core_dumps(void) {
    uint64_t none[2] = {0, 0};
    long limited = linux_call(SYS_prlimit64, 0ul, 4ul /* RLIMIT_CORE */, none, (void *)0);
    long hidden = linux_call(SYS_prctl, 4ul /* PR_SET_DUMPABLE */, 0ul, 0ul, 0ul, 0ul);
    return hidden == 0 ? (int)limited : -1;
}

// Raises what a process may use to the most that it may allow itself.
static inline int linux_raise_limit(unsigned int resource) {
    uint64_t limit[2];
    if (linux_call(SYS_prlimit64, 0ul, (unsigned long)resource, (void *)0, limit) != 0) return -1;
    limit[0] = limit[1];
    return (int)linux_call(SYS_prlimit64, 0ul, (unsigned long)resource, limit, (void *)0);
}

static inline int linux_name_process(const char *name) {
    return (int)linux_call(SYS_prctl, 15ul /* PR_SET_NAME */, name, 0ul, 0ul, 0ul);
}

// Makes blocked signals readable. The mask has 8 bytes for the kernel.
static inline int linux_signal_descriptor(const void *mask) {
    return (int)linux_call(SYS_signalfd4, -1, mask, 8ul, LINUX_SOCKET_FLAGS);
}

// What the locale's character set knows of a character that is not whole yet: mbstate_t, which
// Swift's Glibc does not show.
struct linux_shift { int32_t count; uint32_t value; };

// mbrtowc(3) for one more byte: above -1 the character is whole, -1 it is invalid, -2 it goes on.
static inline long linux_next_character(uint32_t *wide, char byte, struct linux_shift *shift) {
    extern unsigned long linux_to_wide(uint32_t *, const char *, unsigned long, void *)
        __asm__("mbrtowc");
    return (long)linux_to_wide(wide, &byte, 1, shift);
}
