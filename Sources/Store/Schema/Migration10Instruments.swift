/// Markets of several exchanges and money of several currencies: what assumed one of each is made
/// anew. And when commands were asked for that came during a start.

enum Migration10Instruments {
    static let sql =
        [instruments, numbers] + markets + marks + candles + accounts + orders
        + [orderIndexes, orderNeedsEpoch] + previews + [tradeCurrency, equityCurrency]
        + wallTimes

    /// A number for each instrument, so that a candle names its own in one.
    private static let instruments = """
        CREATE TABLE instruments (
            id INTEGER PRIMARY KEY CHECK (id > 0),
            \(identity),
            CONSTRAINT one_number_one_instrument UNIQUE (exchange, environment, symbol)
        ) STRICT
        """

    /// What was stored until now is all of the simulated exchange.
    private static let numbers = """
        INSERT INTO instruments (exchange, environment, symbol)
        SELECT 'simulated', 'paper', symbol
        FROM (SELECT symbol FROM markets UNION SELECT symbol FROM candles) ORDER BY symbol
        """

    private static let identity = """
        exchange TEXT NOT NULL CHECK (exchange <> ''),
            environment TEXT NOT NULL \(oneOf("environment", "paper testnet live")),
            symbol TEXT NOT NULL CHECK (symbol <> '')
        """

    private static func code(_ name: StaticString, _ column: StaticString) -> String {
        """
        CONSTRAINT \(name) CHECK (
                length(\(column)) BETWEEN 1 AND 8 AND \(column) NOT GLOB '*[^A-Z0-9]*')
        """
    }

    /// A new table of the old one's rows under its name.
    private static func anew(
        _ table: StaticString, _ definition: String, filled: StaticString
    ) -> [String] {
        [
            "CREATE TABLE new_\(table) (\(definition)", "INSERT INTO new_\(table) \(filled)",
            "DROP TABLE \(table)", "ALTER TABLE new_\(table) RENAME TO \(table)",
        ]
    }

    private static let markets = anew(
        "markets",
        """
            \(identity),
            contract_type TEXT NOT NULL \(oneOf("contract_type", "linear inverse")),
            multiplier INTEGER NOT NULL CONSTRAINT multiplier_is_countable
                CHECK (multiplier BETWEEN 1 AND 100000000000000000),
            settlement TEXT NOT NULL \(code("settlement_is_a_code", "settlement")),
            tick INTEGER NOT NULL CHECK (tick > 0),
            lot INTEGER NOT NULL CHECK (lot > 0),
            minimum_quantity INTEGER NOT NULL CHECK (minimum_quantity >= 0),
            minimum_notional INTEGER NOT NULL CHECK (minimum_notional >= 0),
            maker_fee INTEGER NOT NULL,
            taker_fee INTEGER NOT NULL,
            max_leverage INTEGER NOT NULL CHECK (max_leverage BETWEEN 1 AND 1000),
            maintenance_margin INTEGER NOT NULL CHECK (maintenance_margin >= 0),
            source TEXT NOT NULL,
            state TEXT NOT NULL,
            PRIMARY KEY (exchange, environment, symbol)
        ) STRICT, WITHOUT ROWID
        """,
        filled: """
            SELECT 'simulated', 'paper', symbol, 'linear', 100000000, 'USDT', tick, lot,
                minimum_quantity, 0, maker_fee, taker_fee, max_leverage, maintenance_margin,
                source, state
            FROM markets
            """)

    private static let marks = anew(
        "marks",
        """
            \(identity),
            price INTEGER NOT NULL CHECK (price > 0),
            bid INTEGER,
            ask INTEGER,
            funding_rate INTEGER,
            at INTEGER NOT NULL,
            PRIMARY KEY (exchange, environment, symbol)
        ) STRICT, WITHOUT ROWID
        """,
        filled: """
            SELECT 'simulated', 'paper', symbol, price, bid, ask, funding_rate, at FROM marks
            """)

    private static let candles = anew(
        "candles",
        """
            instrument_id INTEGER NOT NULL REFERENCES instruments (id),
            open_time INTEGER NOT NULL,
            open INTEGER NOT NULL,
            high INTEGER NOT NULL,
            low INTEGER NOT NULL CHECK (low > 0),
            close INTEGER NOT NULL,
            volume INTEGER NOT NULL CHECK (volume >= 0),
            PRIMARY KEY (instrument_id, open_time),
            CONSTRAINT candle_holds_its_prices
                CHECK (open BETWEEN low AND high AND close BETWEEN low AND high)
        ) STRICT, WITHOUT ROWID
        """,
        filled: """
            SELECT i.id, c.open_time, c.open, c.high, c.low, c.close, c.volume
            FROM candles AS c CROSS JOIN instruments AS i ON i.exchange = 'simulated'
                AND i.environment = 'paper' AND i.symbol = c.symbol
            """)

    /// What an exchange moves besides, as a transfer or a rebate, is an adjustment.
    private static let accounts = anew(
        "venue_accounts",
        """
            key_id INTEGER NOT NULL REFERENCES api_keys (id),
            currency TEXT NOT NULL \(code("account_currency_is_a_code", "currency")),
            deposits INTEGER NOT NULL,
            wallet INTEGER NOT NULL,
            realised INTEGER NOT NULL,
            fees INTEGER NOT NULL,
            funding INTEGER NOT NULL,
            adjustments INTEGER NOT NULL,
            PRIMARY KEY (key_id, currency),
            CONSTRAINT wallet_adds_up
                CHECK (wallet = deposits + realised - fees - funding + adjustments)
        ) STRICT, WITHOUT ROWID
        """,
        filled: """
            SELECT key_id, 'USDT', deposits, wallet, realised, fees, funding, 0
            FROM venue_accounts
            """)

    /// Sent, and no answer yet; sent, and nobody knows what became of it.
    private static let orders = anew(
        "orders",
        """
            id INTEGER PRIMARY KEY CHECK (id > 0),
            bot_id INTEGER NOT NULL REFERENCES bots (id),
            key_id INTEGER NOT NULL,
            client_order_id TEXT NOT NULL UNIQUE CONSTRAINT client_order_id_is_short
                CHECK (length(client_order_id) BETWEEN 1 AND 36),
            symbol TEXT NOT NULL,
            side TEXT NOT NULL CHECK (side IN ('buy', 'sell')),
            kind TEXT NOT NULL CHECK (kind IN ('market', 'limit')),
            quantity INTEGER NOT NULL CHECK (quantity > 0),
            limit_price INTEGER,
            reduce_only INTEGER NOT NULL CHECK (reduce_only IN (0, 1)),
            purpose TEXT NOT NULL
                \(oneOf("purpose", "entry exit limit_close person_close")),
            position_id INTEGER,
            command_id INTEGER REFERENCES commands (id) DEFERRABLE INITIALLY DEFERRED,
            status TEXT NOT NULL
                \(oneOf("status", """
                    intent sent unknown open filled cancelled rejected not_sent
                    """)),
            filled INTEGER NOT NULL,
            average_price INTEGER,
            decision_price INTEGER NOT NULL,
            touch_price INTEGER,
            leverage INTEGER NOT NULL CHECK (leverage >= 1),
            reason TEXT NOT NULL,
            created_at INTEGER NOT NULL,
            deadline INTEGER NOT NULL,
            done_at INTEGER,
            reject_reason TEXT,
            epoch INTEGER NOT NULL,
            CONSTRAINT filled_within_quantity CHECK (filled BETWEEN 0 AND quantity),
            CONSTRAINT limit_order_has_a_price
                CHECK (kind <> 'limit' OR coalesce(limit_price, 0) > 0),
            CONSTRAINT closes_are_reduce_only CHECK (purpose = 'entry' OR reduce_only = 1)
        ) STRICT
        """,
        filled: """
            SELECT id, bot_id, key_id, client_order_id, symbol, side, kind, quantity, limit_price,
                reduce_only, purpose, position_id, command_id, status, filled, average_price,
                decision_price, touch_price, leverage, reason, created_at, deadline, done_at,
                reject_reason, epoch
            FROM orders
            """)

    private static let orderIndexes = """
        CREATE INDEX orders_of_bot ON orders (bot_id, id);
        CREATE INDEX orders_of_command ON orders (command_id) WHERE command_id IS NOT NULL;
        CREATE INDEX open_orders ON orders (id)
            WHERE status IN ('intent', 'sent', 'unknown', 'open')
        """

    /// A stale engine cannot write orders. **Source** <doc:SafetyRules#The-epoch>.
    private static let orderNeedsEpoch = """
        CREATE TRIGGER order_needs_epoch BEFORE INSERT ON orders
        WHEN NEW.epoch <> (SELECT epoch FROM engine_epoch)
        BEGIN SELECT RAISE(ABORT, 'orders need the current engine epoch'); END;
        CREATE TRIGGER order_change_needs_epoch BEFORE UPDATE ON orders
        WHEN NEW.epoch <> (SELECT epoch FROM engine_epoch)
        BEGIN SELECT RAISE(ABORT, 'orders need the current engine epoch'); END
        """

    /// Their value in each currency: `BTC=500 USDT=12300`, in the smallest parts.
    private static let previews = anew(
        "previews",
        """
            token TEXT PRIMARY KEY CHECK (token <> ''),
            actor_uid INTEGER NOT NULL,
            verb TEXT NOT NULL,
            bot_ids TEXT NOT NULL,
            position_ids TEXT NOT NULL,
            order_ids TEXT NOT NULL,
            notional TEXT NOT NULL,
            created_at INTEGER NOT NULL,
            expires_at INTEGER NOT NULL,
            CONSTRAINT preview_expires_later CHECK (expires_at > created_at)
        ) STRICT, WITHOUT ROWID
        """,
        filled: """
            SELECT token, actor_uid, verb, bot_ids, position_ids, order_ids,
                'USDT=' || notional, created_at, expires_at
            FROM previews
            """)

    /// All that was earned until now is of the simulated exchange.
    private static let tradeCurrency = """
        ALTER TABLE trades ADD COLUMN currency TEXT NOT NULL DEFAULT 'USDT'
            \(code("trade_currency_is_a_code", "currency"))
        """

    private static let equityCurrency = """
        ALTER TABLE equity ADD COLUMN currency TEXT NOT NULL DEFAULT 'USDT'
            \(code("equity_currency_is_a_code", "currency"))
        """

    /// Of commands that came during a start, when the world's clock stood. NULL: of all others, and
    /// of those of earlier programs.
    private static let wallTimes = [
        "ALTER TABLE commands ADD COLUMN wall_at INTEGER",
        "ALTER TABLE commands ADD COLUMN wall_finished_at INTEGER",
    ]
}
