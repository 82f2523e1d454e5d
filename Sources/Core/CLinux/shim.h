// What Swift cannot call on Linux: raw system calls, variadics, and GNU-only structures.
#pragma once
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdint.h>
#include <string.h>
#include <unistd.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <sys/statfs.h>
#include <sys/syscall.h>

// A descriptor for one process; it cannot be confused with a later process of the same number.
static inline int linux_pidfd_open(int pid) {
    return (int)syscall(SYS_pidfd_open, pid, 0u);
}

static inline int linux_pidfd_send_signal(int descriptor, int number) {
    return (int)syscall(SYS_pidfd_send_signal, descriptor, number, (void *)0, 0u);
}

// Takes a write lock that belongs to the open file description, over the whole file.
static inline int linux_lock_whole_file(int descriptor) {
    struct flock lock;
    memset(&lock, 0, sizeof lock);
    lock.l_type = F_WRLCK;
    lock.l_whence = SEEK_SET;
    return fcntl(descriptor, 37 /* F_OFD_SETLK */, &lock);
}

// 1 when another open file description holds the lock, 0 when it is free, -1 with errno.
static inline int linux_whole_file_is_locked(int descriptor) {
    struct flock lock;
    memset(&lock, 0, sizeof lock);
    lock.l_type = F_WRLCK;
    lock.l_whence = SEEK_SET;
    if (fcntl(descriptor, 36 /* F_OFD_GETLK */, &lock) != 0) return -1;
    return lock.l_type == F_UNLCK ? 0 : 1;
}

// struct ucred, which the headers show only under _GNU_SOURCE.
struct linux_peer { int32_t pid; uint32_t uid; uint32_t gid; };

static inline int linux_peer_credentials(int descriptor, struct linux_peer *peer) {
    socklen_t length = sizeof *peer;
    return getsockopt(descriptor, SOL_SOCKET, SO_PEERCRED, peer, &length);
}

static inline int linux_seqpacket_socket(void) {
    return socket(AF_UNIX, SOCK_SEQPACKET | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
}

static inline int linux_datagram_socket(void) {
    return socket(AF_UNIX, SOCK_DGRAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
}

static inline int linux_accept(int descriptor) {
    return (int)syscall(SYS_accept4, descriptor, (void *)0, (void *)0,
                        SOCK_NONBLOCK | SOCK_CLOEXEC);
}

static inline int linux_close_from(unsigned int first) {
    return (int)syscall(SYS_close_range, first, ~0u, 0u);
}

// The magic number of the file system, or -1 with errno.
static inline int64_t linux_file_system(int descriptor) {
    struct statfs facts;
    if (fstatfs(descriptor, &facts) != 0) return -1;
    return (int64_t)(uint32_t)facts.f_type;
}

// Bytes that this user may still write, or -1 with errno.
static inline int64_t linux_free_bytes(int descriptor) {
    struct statfs facts;
    if (fstatfs(descriptor, &facts) != 0) return -1;
    return (int64_t)facts.f_bavail * (int64_t)facts.f_bsize;
}

static inline int linux_forbid_core_dumps(void) {
    struct rlimit none = {0, 0};
    int limited = setrlimit(RLIMIT_CORE, &none);
    return prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) == 0 ? limited : -1;
}

static inline int linux_name_process(const char *name) {
    return prctl(PR_SET_NAME, name, 0, 0, 0);
}

static inline void linux_ignore_broken_pipes(void) { signal(SIGPIPE, SIG_IGN); }

static inline void linux_clear_signal_mask(void) {
    sigset_t none;
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, (sigset_t *)0);
}

// Blocks the signals that ask a process to end, and makes them readable.
static inline int linux_ending_signals(void) {
    sigset_t wanted;
    sigemptyset(&wanted);
    sigaddset(&wanted, SIGTERM);
    sigaddset(&wanted, SIGINT);
    sigaddset(&wanted, SIGHUP);
    if (sigprocmask(SIG_BLOCK, &wanted, (sigset_t *)0) != 0) return -1;
    return signalfd(-1, &wanted, SFD_NONBLOCK | SFD_CLOEXEC);
}

// The number of the next signal that arrived, 0 for none.
static inline int linux_next_signal(int descriptor) {
    struct signalfd_siginfo facts;
    return read(descriptor, &facts, sizeof facts) == (ssize_t)sizeof facts
        ? (int)facts.ssi_signo : 0;
}

extern char **environ;
static inline char **linux_environment(void) { return environ; }
