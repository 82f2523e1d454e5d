/// Refusals and store failures as they travel to a console.
import Store

extension WireError {
    /// A rule said no.
    init(_ refusal: Refusal) {
        self.init(code: refusal.code, message: refusal.headline, remedy: refusal.remedy)
    }

    /// The store failed; nothing was accepted.
    init(_ error: StoreError) {
        self.init(code: error.code, message: error.headline, remedy: error.remedy)
    }
}
