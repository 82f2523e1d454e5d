/// Names of Unix accounts.
import Glibc

public enum UserNames {
    /// The account's name; `uid 1000` where the system knows none.
    public static func name(of uid: UInt32) -> String {
        guard let entry = getpwuid(uid), let name = entry.pointee.pw_name else {
            return "uid \(uid)"
        }
        return String(cString: name)
    }
}
