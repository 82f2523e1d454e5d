/// A program to be started: apart from this one, with nothing inherited, or as its worker.

import CLinux
import Glibc

/// What posix_spawn needs to know. Never a fork: that would copy open database handles.
/// **Source** <doc:SafetyRules#Child-processes>.
struct ChildProcess {
    var program: String
    /// The name of the program first.
    var arguments: [String]
    /// Becomes standard output; standard error too, where the process stands apart.
    var output: Int32
    /// Added to the environment.
    var setting: [String: String] = [:]
    /// Taken out of the environment.
    var dropping: [String] = []
    /// In a session and a folder of its own; otherwise it ends with this terminal as we do.
    var isApart = true

    /// Starts it.
    /// - Returns: the number of the process; the caller may wait for it.
    func spawn() throws(SystemFailure) -> pid_t {
        var actions = posix_spawn_file_actions_t()
        var attributes = posix_spawnattr_t()
        posix_spawn_file_actions_init(&actions)
        posix_spawnattr_init(&attributes)
        defer {
            posix_spawn_file_actions_destroy(&actions)
            posix_spawnattr_destroy(&attributes)
        }
        posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
        posix_spawn_file_actions_adddup2(&actions, output, 1)
        if isApart {
            posix_spawn_file_actions_adddup2(&actions, output, 2)
            // A folder that may be unmounted must not be held.
            linux_spawn_in_folder(&actions, "/")
        }
        prepare(&attributes)
        let argv = CStrings(arguments)
        let envp = CStrings(environment)
        var child: pid_t = 0
        let code = posix_spawn(
            &child, program, &actions, &attributes, argv.pointers, envp.pointers)
        guard code == 0 else { throw SystemFailure("posix_spawn", code: code) }
        return child
    }

    /// No blocked signals, and the usual reaction to all of them.
    private func prepare(_ attributes: inout posix_spawnattr_t) {
        let newSession: Int16 = isApart ? 0x80 : 0  // POSIX_SPAWN_SETSID
        let flags = Int16(POSIX_SPAWN_SETSIGMASK) | Int16(POSIX_SPAWN_SETSIGDEF) | newSession
        posix_spawnattr_setflags(&attributes, flags)
        var signals = sigset_t()
        sigemptyset(&signals)
        posix_spawnattr_setsigmask(&attributes, &signals)
        for signal in [SIGINT, SIGQUIT, SIGTERM, SIGHUP, SIGPIPE, SIGCHLD, SIGTSTP, SIGWINCH] {
            sigaddset(&signals, signal)
        }
        posix_spawnattr_setsigdefault(&attributes, &signals)
    }

    /// This process's environment with the changes, sorted.
    private var environment: [String] {
        var kept: [String] = []
        var next = linux_environment()
        while let pointer = next?.pointee {
            let entry = String(cString: pointer)
            let name = String(entry.prefix { $0 != "=" })
            if !dropping.contains(name), setting[name] == nil { kept.append(entry) }
            next = next?.successor()
        }
        return (kept + setting.map { "\($0.key)=\($0.value)" }).sorted()
    }
}

/// Strings for C, ended by a null pointer, freed with this object.
private final class CStrings {
    let pointers: [UnsafeMutablePointer<CChar>?]
    init(_ strings: [String]) { pointers = strings.map { strdup($0) } + [nil] }
    deinit { for pointer in pointers { free(pointer) } }
}
