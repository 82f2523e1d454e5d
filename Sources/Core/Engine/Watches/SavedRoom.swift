/// What is left undone while the reserve of the disk is in use, so that it lasts.
import Store

extension Engine {
    /// Histories that no decision needs wait, and so does a world that goes faster than real time.
    func saveRoom(at wall: WallClock) {
        desk.leftOut = disk.isInUse ? History.needless : []
        time.bind(disk.isInUse, world, at: wall)
    }
}
