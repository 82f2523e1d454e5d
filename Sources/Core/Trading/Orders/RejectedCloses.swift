/// Closes that the exchange rejects again and again: somebody must hear of it.
import Store

extension Trading {
    /// One or two happen at a busy exchange, and the next one goes through.
    private static let patience = 3

    /// Counts a close that was rejected. It is sent again in any case.
    func countRejection(_ bot: BotMachine, _ order: Order) {
        guard let id = order.positionID, let index = bot.heldIndex(id) else { return }
        bot.held[index].rejections += 1
        guard bot.held[index].rejections == Self.patience, isOn(.rejectedCloses) else { return }
        alert(
            bot, "close_rejected", "close rejected",
            "the exchange has rejected the close of \(bot.held[index].position.named) "
                + "\(Self.patience) times in a row: \(order.rejectReason ?? "it did not say why"); "
                + "it is sent again until it is taken",
            severity: .critical)
    }
}
