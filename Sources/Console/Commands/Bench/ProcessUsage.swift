/// What this process has used of the machine, as the kernel counts it.

import Glibc

/// One reading; two of them make a measurement.
struct ProcessUsage {
    /// **Units** seconds of processor time, user and system, over all threads.
    let processorSeconds: Double
    /// **Units** seconds on the monotonic clock.
    let wallSeconds: Double

    static func read() -> ProcessUsage {
        ProcessUsage(
            processorSeconds: seconds(CLOCK_PROCESS_CPUTIME_ID),
            wallSeconds: seconds(CLOCK_MONOTONIC))
    }

    /// What was used since an earlier reading.
    func since(_ earlier: ProcessUsage) -> ProcessUsage {
        ProcessUsage(
            processorSeconds: processorSeconds - earlier.processorSeconds,
            wallSeconds: wallSeconds - earlier.wallSeconds)
    }

    private init(processorSeconds: Double, wallSeconds: Double) {
        self.processorSeconds = processorSeconds
        self.wallSeconds = wallSeconds
    }

    private static func seconds(_ clock: clockid_t) -> Double {
        var time = timespec()
        clock_gettime(clock, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1_000_000_000
    }
}

extension ProcessUsage {
    /// The most memory that this program has held so far. **Units** MB of 1024 × 1024 bytes.
    ///
    /// `getrusage` would tell the parent's peak where that was larger: it survives `exec`.
    static var peakMegabytes: Double? { kilobytes("VmHWM:").map { Double($0) / 1024 } }

    /// The memory that this program holds now. **Units** MB of 1024 × 1024 bytes.
    static var presentMegabytes: Double? { kilobytes("VmRSS:").map { Double($0) / 1024 } }

    /// Runnable processes over the last minute, all cores together; nil where it is not told.
    static var loadAverage: Double? {
        var loads = [0.0]
        return getloadavg(&loads, 1) == 1 ? loads[0] : nil
    }

    /// Cores that this machine has switched on.
    static var cores: Int { sysconf(Int32(_SC_NPROCESSORS_ONLN)) }

    private static func kilobytes(_ name: String) -> Int? {
        guard let status = try? TextFile.read("/proc/self/status") else { return nil }
        guard let line = status.split(separator: "\n").first(where: { $0.hasPrefix(name) }) else {
            return nil
        }
        return line.split(whereSeparator: { $0 == " " || $0 == "\t" }).dropFirst().first
            .flatMap { Int($0) }
    }
}
