/// The name of the socket in its home, kept free of what others put there.

import Glibc

/// What becomes of the socket's name while an engine runs.
public enum DoorNews: Sendable, Equatable {
    /// Consoles find the socket again.
    /// - Parameter aside: the new name of what stood in the way, if anything did.
    case open(aside: String?)
    /// Consoles have not found it for some seconds, for this reason.
    case blocked(String)
}

/// What has the socket's name and cannot simply be removed, as a folder, gets another name: nothing
/// of it is lost.
enum Doorway {
    private static let names = 999

    /// - Returns: the new name of what was put aside; nil when nothing was, or nothing could be.
    static func clear(in home: Home) -> String? {
        let name = Home.File.socket.rawValue
        var facts = stat()
        guard fstatat(home.descriptor, name, &facts, AT_SYMLINK_NOFOLLOW) == 0,
            unlinkat(home.descriptor, name, 0) != 0
        else { return nil }
        for number in 1...names {
            let aside = "\(name).aside-\(number)"
            var other = stat()
            guard fstatat(home.descriptor, aside, &other, AT_SYMLINK_NOFOLLOW) != 0 else {
                continue
            }
            return renameat(home.descriptor, name, home.descriptor, aside) == 0 ? aside : nil
        }
        return nil
    }
}
