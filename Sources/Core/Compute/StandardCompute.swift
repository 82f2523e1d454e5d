/// The regions, rates and round-trip times that the program brings along.
import Store

extension ComputeCatalog {
    /// What the program brings along. The rates are a choice of ours, 0.02 to 0.06.
    public static let standardText = """
        # Where bots can run: [provider], then region = USD an hour while provisioned.
        # A copy of this text in the home, named compute.ini, is read in its place.
        [paper]
        tokyo = 0.05
        singapore = 0.045
        london = 0.04
        amsterdam = 0.035
        frankfurt = 0.035
        new-york = 0.03

        [papyrus]
        tokyo = 0.06
        singapore = 0.05
        london = 0.035
        amsterdam = 0.03
        frankfurt = 0.03
        new-york = 0.02

        # A version other than a bot runs is offered to it as an update.
        # [release]
        # newest = 1.1.0

        # What the simulated provider gets wrong: 0 is never.
        [faults]
        failure_one_in = 0
        loss_hours = 0
        link_hours = 500
        # Orders in a hundred that the simulated exchange rejects for being busy.
        order_rejects_percent = 0

        # Milliseconds from a region to an exchange and back. Simulated, by where the matching
        # engines are said to stand; sources disagree on some of them: correct them here.
        [rtt tokyo]
        binance = 2
        bitmex = 2
        bybit = 70
        deribit = 225
        gemini = 165
        kraken = 215
        kucoin = 2
        okx = 70
        phemex = 70
        woox = 70
        simulated = 1

        [rtt singapore]
        binance = 70
        bitmex = 70
        bybit = 2
        deribit = 160
        gemini = 235
        kraken = 165
        kucoin = 70
        okx = 2
        phemex = 2
        woox = 2
        simulated = 1

        [rtt london]
        binance = 215
        bitmex = 215
        bybit = 165
        deribit = 8
        gemini = 71
        kraken = 1
        kucoin = 215
        okx = 165
        phemex = 165
        woox = 165
        simulated = 1

        [rtt amsterdam]
        binance = 225
        bitmex = 225
        bybit = 160
        deribit = 1
        gemini = 78
        kraken = 8
        kucoin = 225
        okx = 160
        phemex = 160
        woox = 160
        simulated = 1

        [rtt frankfurt]
        binance = 230
        bitmex = 230
        bybit = 155
        deribit = 8
        gemini = 84
        kraken = 13
        kucoin = 230
        okx = 155
        phemex = 155
        woox = 155
        simulated = 1

        [rtt new-york]
        binance = 165
        bitmex = 165
        bybit = 235
        deribit = 78
        gemini = 2
        kraken = 71
        kucoin = 165
        okx = 235
        phemex = 235
        woox = 235
        simulated = 1
        """

    public static let standard: ComputeCatalog = {
        do throws(FileError) {
            return try ComputeCatalog(parsing: standardText, file: "built in")
        } catch {
            preconditionFailure("the built-in regions cannot be read: \(error.headline)")
        }
    }()
}
