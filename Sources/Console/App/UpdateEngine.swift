/// What another state of the engine means to the console.
import Core
import Store

extension ConsoleState {
    mutating func engineChanged(_ engine: EngineState) {
        let before = around.engine
        around.engine = engine
        if !before.isAs(engine), !around.off.contains(.stateWordsGo) {
            around.status.engineChanged()
        }
        if before.isRunning, !engine.isRunning { around.lostAt = around.wall }
        switch engine {
        case .running(let greeting):
            guard greeting.start == nil else {
                around.clock.stop(at: around.wall)
                break
            }
            around.clock.run(from: greeting.worldClock, speed: greeting.speed, at: around.wall)
            if before.leavesBotsLate {
                around.settlesUntil = around.wall + Deadlines.heartbeatLate
            }
            if let words = before.wordsOfReturn { tell(.ok, words, ofEngine: true) }
        case .stopped(let why):
            around.clock.stop(at: around.wall)
            if before.isRunning || before == .starting || before.isSilent {
                tell(.error, "engine stopped: \(why)", ofEngine: true)
            }
        case .silent:
            around.clock.stop(at: around.wall)
            tell(.error, around.silenceWords, ofEngine: true)
        case .starting, .absent: around.clock.stop(at: around.wall)
        }
        refreshOverlays()
    }
}
