/// Memory that comes from the kernel in large pages: long lists then cost few page faults.
import Glibc

enum HugePages {
    /// Asks for them in the room that a list has reserved; changes nothing where there are none.
    static func ask<Element>(for list: inout [Element]) {
        let bytes = list.capacity * MemoryLayout<Element>.stride
        list.withUnsafeMutableBufferPointer { room in
            guard let start = UnsafeMutableRawPointer(room.baseAddress) else { return }
            ask(from: start, bytes: bytes)
        }
    }

    /// Only whole pages that lie inside are advised.
    private static func ask(from start: UnsafeMutableRawPointer, bytes: Int) {
        let page = sysconf(Int32(_SC_PAGESIZE))
        let first = start.alignedUp(toMultipleOf: page)
        let whole = (bytes - start.distance(to: first)) / page * page
        if whole > 0 { _ = madvise(first, whole, MADV_HUGEPAGE) }
    }
}
