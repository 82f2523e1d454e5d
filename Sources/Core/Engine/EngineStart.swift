/// An engine's start and its return after a standstill: piece by piece, between beats.
import Store

extension Engine {
    var isTrading: Bool { if case .trading = stage { true } else { false } }
    var isLoading: Bool { if case .loading = stage { true } else { false } }

    public var progress: StartProgress? {
        switch stage {
        case .loading(let loading):
            StartProgress(.loading, done: Int64(loading.done), of: Int64(loading.total))
        case .carryingOut: StartProgress(.catchingUp)
        case .catchingUp(let catchUp): catchUp.progress(at: world.now)
        case .trading: nil
        }
    }

    public func hears(_ message: JSON, from peer: Peer) -> Bool {
        guard !isTrading, message["type"]?.text == "command" else { return true }
        // Who is no member is sent away at once.
        guard desk.isMember(Int64(peer.uid)) else { return true }
        return !desk.switchedOff.contains(.killLaneEarly)
            && KillLane.right(message["verb"]?.text ?? "") != nil
    }

    /// One turn of a start.
    func startOn(at wall: WallClock) -> Turn {
        desk.watchClock(wall)
        lookAtLog(at: wall)
        let deadline = Deadline(after: slice)
        repeat {
            guard mayGoOn(at: wall), isLoading || !isHeld() else {
                return Turn(
                    nextWake: .milliseconds(20), bell: answers.takeBell(),
                    replies: answers.takeAll(), letGo: log.letGo, cutOff: log.cutOff)
            }
            do throws(LoadError) { try doPiece(at: wall) } catch {
                if !isHarmless(error) { failure = error }
            }
        } while failure == nil && !isTrading && !deadline.hasPassed
        answerWaiting()
        keepPromises(at: wall)
        return Turn(
            nextWake: .milliseconds(0), bell: answers.takeBell(), replies: answers.takeAll(),
            stop: failure != nil, letGo: log.letGo, cutOff: log.cutOff)
    }

    /// What is told before the fleet is there is written down once it is.
    private func lookAtLog(at wall: WallClock) {
        guard !desk.switchedOff.contains(.logInSight) else { return }
        log.look(database, world, at: wall.boot)
    }

    private func mayGoOn(at wall: WallClock) -> Bool {
        guard let progress else { return true }
        return delay.allows(progress.done, of: progress.total, at: wall.monotonic)
    }

    private func doPiece(at wall: WallClock) throws(LoadError) {
        switch stage {
        case .loading(let loading):
            if let world = loading.world {
                desk.enter(world)
                world.trading.watch(work)
                try beginWithTheAccepted(at: wall)
            } else {
                try loading.step()
            }
        case .carryingOut(let rows): try carryOut(rows, at: wall)
        case .catchingUp(let catchUp): goOn(catchUp, at: wall)
        case .trading: break
        }
    }

    /// Closes that an earlier engine had begun go on; then comes what was accepted since.
    private func beginWithTheAccepted(at wall: WallClock) throws(LoadError) {
        delay.begin()
        disk.begin(world)
        endDoorAlarm()
        let rows = try stored { () throws(StoreError) in
            try desk.resumeHalts()
            return try desk.acceptedEarly()
        }
        guard !desk.switchedOff.contains(.killLaneFirst) else {
            heldBack = rows[...]
            return goOnToThePresent(at: wall)
        }
        stage = .carryingOut(rows[...])
    }

    /// Commands in one commit.
    private static let batch = 25
    /// A time without an engine up to which nothing was missed.
    private static let moment = Span.minutes(1)

    private func carryOut(
        _ rows: ArraySlice<CommandRecord>, at wall: WallClock
    ) throws(LoadError) {
        guard !rows.isEmpty else { return goOnToThePresent(at: wall) }
        disk.makeRoom(world)
        let begun = try stored { () throws(StoreError) in
            try desk.carryOut(rows.prefix(Self.batch))
        }
        for row in begun { answers.replace(row) }
        answers.ring()
        stage = .carryingOut(rows.dropFirst(Self.batch))
    }

    /// The world goes on to where the clock says, unless that cannot be right.
    func goOnToThePresent(at wall: WallClock) {
        waitsForClock = desk.clock.doubt != nil
        guard let target = time.goal(of: world, at: wall, isBelieved: !waitsForClock) else {
            return trade(at: wall)
        }
        world.keepsCandles(from: target - World.candlesKept)
        stage = .catchingUp(CatchUp(from: world.now, to: target))
    }

    /// The market went on while no engine ran; the bots only listen to what they missed.
    private func goOn(_ catchUp: CatchUp, at wall: WallClock) {
        guard desk.clock.doubt == nil else {
            waitsForClock = true
            return trade(at: wall)
        }
        var catchUp = catchUp
        let began = WallClock.read().monotonic
        let isWhole = desk.switchedOff.contains(.slices)
        let next = isWhole ? catchUp.target : catchUp.next(after: world.now)
        world.catchUp(to: next)
        settle()
        let ended = WallClock.read().monotonic
        catchUp.stride.took(ended - began)
        stage = .catchingUp(catchUp)
        guard failure == nil, world.now >= catchUp.target else { return }
        // Time has passed meanwhile: what is more than a moment is caught up with as well.
        if let later = time.goal(of: world, at: wall, isBelieved: true),
            later - world.now > Self.moment
        {
            catchUp.target = later
            stage = .catchingUp(catchUp)
            return
        }
        let away = catchUp.target - catchUp.from
        if away > Self.moment {
            world.note(
                "engine", "no engine ran for \(away.ageText); the market went on without orders")
        }
        trade(at: wall)
    }

    private func trade(at wall: WallClock) {
        time.begin(world, at: wall)
        beginLifetime()
        stage = .trading
        settle()
        guard !heldBack.isEmpty, let begun = try? desk.carryOut(heldBack) else { return }
        heldBack = []
        for row in begun { answers.replace(row) }
    }
}
