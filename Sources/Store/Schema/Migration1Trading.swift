/// Tables of money at work: markets, accounts, orders, fills, positions, trades, equity, candles.

enum Migration1Trading {
    static let sql = [
        markets, marks, candles, accounts, venuePositions, positions, orders, orderNeedsEpoch,
        fills, trades, equity,
    ]

    private static let markets = """
        CREATE TABLE markets (
            symbol TEXT PRIMARY KEY CHECK (symbol <> ''),
            tick INTEGER NOT NULL CHECK (tick > 0),
            lot INTEGER NOT NULL CHECK (lot > 0),
            minimum_quantity INTEGER NOT NULL CHECK (minimum_quantity >= 0),
            maker_fee INTEGER NOT NULL,
            taker_fee INTEGER NOT NULL,
            max_leverage INTEGER NOT NULL CHECK (max_leverage BETWEEN 1 AND 1000),
            maintenance_margin INTEGER NOT NULL CHECK (maintenance_margin >= 0),
            source TEXT NOT NULL,
            state TEXT NOT NULL
        ) STRICT, WITHOUT ROWID
        """

    private static let marks = """
        CREATE TABLE marks (
            symbol TEXT PRIMARY KEY,
            price INTEGER NOT NULL CHECK (price > 0),
            bid INTEGER,
            ask INTEGER,
            funding_rate INTEGER,
            at INTEGER NOT NULL
        ) STRICT, WITHOUT ROWID
        """

    private static let candles = """
        CREATE TABLE candles (
            symbol TEXT NOT NULL,
            open_time INTEGER NOT NULL,
            open INTEGER NOT NULL,
            high INTEGER NOT NULL,
            low INTEGER NOT NULL CHECK (low > 0),
            close INTEGER NOT NULL,
            volume INTEGER NOT NULL CHECK (volume >= 0),
            PRIMARY KEY (symbol, open_time),
            CONSTRAINT candle_holds_its_prices
                CHECK (open BETWEEN low AND high AND close BETWEEN low AND high)
        ) STRICT, WITHOUT ROWID
        """

    private static let accounts = """
        CREATE TABLE venue_accounts (
            key_id INTEGER PRIMARY KEY REFERENCES api_keys (id),
            deposits INTEGER NOT NULL,
            wallet INTEGER NOT NULL,
            realised INTEGER NOT NULL,
            fees INTEGER NOT NULL,
            funding INTEGER NOT NULL,
            CONSTRAINT wallet_adds_up CHECK (wallet = deposits + realised - fees - funding)
        ) STRICT
        """

    private static let venuePositions = """
        CREATE TABLE venue_positions (
            key_id INTEGER NOT NULL REFERENCES api_keys (id),
            symbol TEXT NOT NULL,
            side TEXT NOT NULL CHECK (side IN ('long', 'short')),
            quantity INTEGER NOT NULL CHECK (quantity > 0),
            entry_price INTEGER NOT NULL CHECK (entry_price > 0),
            leverage INTEGER NOT NULL CHECK (leverage >= 1),
            liquidation_price INTEGER NOT NULL CHECK (liquidation_price >= 0),
            PRIMARY KEY (key_id, symbol)
        ) STRICT, WITHOUT ROWID
        """

    private static let positions = """
        CREATE TABLE positions (
            id INTEGER PRIMARY KEY CHECK (id > 0),
            bot_id INTEGER NOT NULL REFERENCES bots (id),
            key_id INTEGER NOT NULL REFERENCES api_keys (id),
            symbol TEXT NOT NULL,
            side TEXT NOT NULL CHECK (side IN ('long', 'short')),
            quantity INTEGER NOT NULL,
            opened_quantity INTEGER NOT NULL,
            entry_price INTEGER NOT NULL CHECK (entry_price > 0),
            leverage INTEGER NOT NULL CHECK (leverage >= 1),
            margin INTEGER NOT NULL CHECK (margin >= 0),
            liquidation_price INTEGER NOT NULL CHECK (liquidation_price >= 0),
            opened_at INTEGER NOT NULL,
            best_price INTEGER NOT NULL,
            worst_price INTEGER NOT NULL,
            candles_held INTEGER NOT NULL CHECK (candles_held >= 0),
            entry_atr INTEGER,
            decision_price INTEGER NOT NULL,
            entry_score REAL NOT NULL,
            entry_signals TEXT NOT NULL,
            fees INTEGER NOT NULL,
            funding INTEGER NOT NULL,
            realised INTEGER NOT NULL,
            exit_value INTEGER NOT NULL,
            exit_reason TEXT,
            template_name TEXT NOT NULL,
            template_version INTEGER NOT NULL,
            limits_version INTEGER NOT NULL,
            CONSTRAINT open_position_is_open
                CHECK (quantity > 0 AND quantity <= opened_quantity)
        ) STRICT;
        CREATE INDEX positions_of_bot ON positions (bot_id, id)
        """

    /// The bot's key may be deleted later: orders keep its number without a reference.
    private static let orders = """
        CREATE TABLE orders (
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
                \(oneOf("status", "intent open filled cancelled rejected not_sent")),
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
        ) STRICT;
        CREATE INDEX orders_of_bot ON orders (bot_id, id);
        CREATE INDEX orders_of_command ON orders (command_id) WHERE command_id IS NOT NULL;
        CREATE INDEX open_orders ON orders (id) WHERE status IN ('intent', 'open')
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

    private static let fills = """
        CREATE TABLE fills (
            id INTEGER PRIMARY KEY CHECK (id > 0),
            order_id INTEGER NOT NULL REFERENCES orders (id) DEFERRABLE INITIALLY DEFERRED,
            bot_id INTEGER NOT NULL REFERENCES bots (id),
            position_id INTEGER NOT NULL,
            symbol TEXT NOT NULL,
            side TEXT NOT NULL CHECK (side IN ('buy', 'sell')),
            quantity INTEGER NOT NULL CHECK (quantity > 0),
            price INTEGER NOT NULL CHECK (price > 0),
            fee INTEGER NOT NULL,
            is_maker INTEGER NOT NULL CHECK (is_maker IN (0, 1)),
            realised INTEGER NOT NULL,
            at INTEGER NOT NULL
        ) STRICT;
        CREATE INDEX fills_of_order ON fills (order_id);
        CREATE INDEX fills_of_position ON fills (position_id)
        """

    private static let trades = """
        CREATE TABLE trades (
            id INTEGER PRIMARY KEY,
            bot_id INTEGER NOT NULL REFERENCES bots (id),
            position_id INTEGER NOT NULL UNIQUE,
            symbol TEXT NOT NULL,
            side TEXT NOT NULL CHECK (side IN ('long', 'short')),
            quantity INTEGER NOT NULL CHECK (quantity > 0),
            entry_price INTEGER NOT NULL CHECK (entry_price > 0),
            exit_price INTEGER NOT NULL CHECK (exit_price > 0),
            opened_at INTEGER NOT NULL,
            closed_at INTEGER NOT NULL,
            gross INTEGER NOT NULL,
            fees INTEGER NOT NULL,
            funding INTEGER NOT NULL,
            net INTEGER NOT NULL,
            exit_reason TEXT NOT NULL,
            mfe INTEGER NOT NULL CHECK (mfe >= 0),
            mae INTEGER NOT NULL CHECK (mae >= 0),
            slippage_in INTEGER NOT NULL,
            slippage_out INTEGER NOT NULL,
            entry_score REAL NOT NULL,
            entry_signals TEXT NOT NULL,
            template_name TEXT NOT NULL,
            template_version INTEGER NOT NULL,
            limits_version INTEGER NOT NULL,
            leverage INTEGER NOT NULL CHECK (leverage >= 1),
            CONSTRAINT net_adds_up CHECK (net = gross - fees - funding),
            CONSTRAINT trade_closes_later CHECK (closed_at >= opened_at)
        ) STRICT;
        CREATE INDEX trades_of_bot ON trades (bot_id, closed_at, id);
        CREATE INDEX trades_by_close ON trades (closed_at, id)
        """

    private static let equity = """
        CREATE TABLE equity (
            bot_id INTEGER NOT NULL REFERENCES bots (id),
            at INTEGER NOT NULL,
            equity INTEGER NOT NULL,
            wallet INTEGER NOT NULL,
            PRIMARY KEY (bot_id, at)
        ) STRICT, WITHOUT ROWID
        """
}
