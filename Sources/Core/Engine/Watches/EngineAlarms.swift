/// What the loop tells the engine of its home: written down, so that somebody sees it.
import Store

extension Engine {
    public func leaseWasCut() {
        world.note(
            "lease", "engine.lease was cut short by another program; it is whole again",
            severity: .warning)
    }

    /// The engine must stop. Where the files are not what they were, nothing is told any more.
    func fail(_ error: StoreError) {
        failure = .store(error)
        switch error {
        case .moved, .cutShort: answers.refuseAll(WireError(error))
        default: break
        }
    }

    /// What the schema refuses of a bot now it refuses after each start: such an end in order is
    /// a death at work on that bot too.
    func blame() {
        guard case .store(.constraint)? = failure, let bot = world.state.writing,
            !desk.switchedOff.contains(.refusalsCount)
        else { return }
        work?.countRefusal(of: bot, at: world.now)
    }

    public func doorChanged(_ news: DoorNews) {
        switch news {
        case .open(let aside):
            isDoorTold = false
            let found = aside.map { "; what had taken its name is now \($0)" } ?? ""
            world.note(Self.doorKind, "engine.sock is served again" + found, severity: .warning)
            world.endNotices(of: Self.doorKind)
        case .blocked(let reason):
            guard !isDoorTold else { return }
            isDoorTold = true
            world.alarm(
                Self.doorKind,
                "nobody can connect: engine.sock has lost its name, and something else keeps it "
                    + "(\(reason)). Move that out of the home: ls -ld engine.sock.")
        }
        answers.ring()
    }

    /// Of an earlier engine: this one has its name.
    func endDoorAlarm() { if !isDoorTold { world.endNotices(of: Self.doorKind) } }

    private static var doorKind: String { "socket" }
}
