/// The first lines of main: what every process of this program puts right before anything else.

import CLinux
import Glibc

/// Settings of a process that holds secrets and trades money.
/// **Source** <doc:SafetyRules#A-process-that-holds-secrets>.
public enum ProcessHygiene {
    /// For every process: files are private, a closed pipe and a file that may not grow are errors
    /// and no deaths, no core dumps, no descriptors and no signal mask from whoever started it.
    /// - Parameter closingInherited: false for a command that reads a file which the shell handed
    ///   over as `/dev/fd/63`; the engine never does.
    public static func prepare(closingInherited: Bool = true) {
        umask(0o077)
        signal(SIGPIPE, SIG_IGN)
        signal(SIGXFSZ, SIG_IGN)
        var none = sigset_t()
        sigemptyset(&none)
        sigprocmask(SIG_SETMASK, &none, nil)
        _ = linux_forbid_core_dumps()
        if closingInherited { _ = linux_close_from(3) }
        fillStandardDescriptors()
    }

    /// For the engine, after ``prepare()``: starts the program over when the runtime's crash
    /// reports are on, because they print memory, and forgets what would redirect its TLS.
    /// - Parameter arguments: all of the command line, the program's name first.
    public static func prepareEngine(arguments: [String]) {
        // A pipe of the starter's would keep its reader waiting for as long as the engine lives.
        _ = linux_close_from(3)
        liftLimits()
        if environmentValue("SWIFT_BACKTRACE") != silentBacktrace {
            setenv("SWIFT_BACKTRACE", silentBacktrace, 1)
            // Returns only when it fails; then an engine with reports is better than none.
            replaceProcess(arguments)
        }
        for name in foreignSettings { unsetenv(name) }
        linux_name_process("plutarc-engine")
    }

    /// What a shell allows its commands is not meant for an engine, which lives on when the shell
    /// is gone. Where no more is allowed, a file that cannot grow is like a full disk.
    static func liftLimits() {
        for resource in [cpuTime, fileSize, descriptors] { _ = linux_raise_limit(resource) }
    }

    /// As the kernel counts them: RLIMIT_CPU, RLIMIT_FSIZE, RLIMIT_NOFILE.
    private static let (cpuTime, fileSize, descriptors): (UInt32, UInt32, UInt32) = (0, 1, 7)

    /// New files of an organisation's home are readable for its group.
    public static func adoptModes(of home: Home) { umask(home.isShared ? 0o027 : 0o077) }

    /// A stack for the handlers of signals on this thread: the usual one may be what ran out.
    public static func provideSignalStack() {
        var known = stack_t()
        guard sigaltstack(nil, &known) == 0, known.ss_flags & Int32(SS_DISABLE) != 0 else { return }
        let size = 64 * 1024
        var stack = stack_t()
        stack.ss_sp = UnsafeMutableRawPointer.allocate(byteCount: size, alignment: 16)
        stack.ss_size = size
        sigaltstack(&stack, nil)
    }

    static let silentBacktrace = "enable=no"

    /// What could lead the engine's connections elsewhere.
    static let foreignSettings = [
        "SSL_CERT_FILE", "SSL_CERT_DIR", "CURL_CA_BUNDLE", "HTTP_PROXY", "HTTPS_PROXY",
        "ALL_PROXY", "NO_PROXY", "http_proxy", "https_proxy", "all_proxy", "no_proxy",
    ]

    /// Descriptors 0 to 2 must exist: else the database would become standard error. What stands
    /// in for a closed stdout takes nothing, so that whoever writes there notices.
    private static func fillStandardDescriptors() {
        for descriptor in Int32(0)...2 where fcntl(descriptor, F_GETFD) < 0 {
            _ = open("/dev/null", descriptor == STDOUT_FILENO ? O_RDONLY : O_RDWR)
        }
    }

    private static func replaceProcess(_ arguments: [String]) {
        var pointers: [UnsafeMutablePointer<CChar>?] = arguments.map { strdup($0) }
        pointers.append(nil)
        execv("/proc/self/exe", pointers)
        for pointer in pointers { free(pointer) }
    }
}
