/// A home's database opened for reading by one person: hands out boards, never the database itself.

import Store

/// Each call reads one consistent snapshot, of what the person may see then; works with and
/// without an engine. **The only check** of rights to read is here, in ``read(_:_:)``.
public final class BoardReader {
    private(set) var database: Database
    /// Of the file; nil over a database that was open already.
    private let path: String?
    /// Unix account that owns the home; Owner where no member row names it.
    private let owner: (uid: Int64, name: String)
    /// The folder of the home; nil over a database that has none.
    private let folder: String?
    private let visitor: Visitor
    #if DEBUG
        /// Off only in tests that show that the check is needed.
        private var isGuarded = true
    #else
        private var isGuarded: Bool { true }
    #endif

    /// Who reads.
    enum Visitor {
        /// Looked up among the members at each reading: rights change while a console is open.
        case account(uid: Int64, session: String)
        case person(Operator)
    }

    /// - Parameters:
    ///   - path: the database file of a home.
    ///   - owner: the Unix account to whom the home belongs.
    ///   - uid: the account that reads.
    ///   - session: terminal or process from which it reads.
    /// - Throws: ``StoreError`` with its remedy.
    public init(
        path: String, owner: (uid: Int64, name: String), for uid: Int64, session: String = ""
    ) throws(StoreError) {
        self.database = try Database(reading: path)
        self.path = path
        self.owner = owner
        folder = path.lastIndex(of: "/").map { String(path[..<$0]) }
        visitor = .account(uid: uid, session: session)
    }

    /// Over a database that is open already, for tests.
    /// - Parameter visitor: who reads; nil: the account that owns the home.
    init(
        over database: Database, owner: (uid: Int64, name: String), as visitor: Visitor? = nil,
        isGuarded: Bool = true
    ) {
        self.database = database
        self.owner = owner
        path = nil
        folder = nil
        self.visitor = visitor ?? .account(uid: owner.uid, session: "")
        #if DEBUG
            self.isGuarded = isGuarded
        #endif
    }

    /// Changes when another process has committed.
    public func version() throws(StoreError) -> Int64 { try database.dataVersion() }

    /// Who reads, as this workspace knows the account; nil when it is no member.
    public func person() throws(StoreError) -> Operator? {
        switch visitor {
        case .person(let person): return person
        case .account(let uid, let session):
            let members = try database.read { db throws(StoreError) in
                try self.members(db, uid)
            }
            let all = Operators(members: members, owner: owner)
            return try? all.resolve(uid: uid, session: session)
        }
    }

    /// The door: looks who asks, checks the board's right, and hands out what `body` reads, in one
    /// transaction. What goes through it can be written as bytes and read back elsewhere.
    func read<Value: Codable & Sendable>(
        _ board: BoardName, _ body: (Reading, ReaderRights) throws(StoreError) -> Value
    ) throws(BoardError) -> Value {
        let found: Result<Value, Refusal>
        do throws(StoreError) {
            found = try database.read { db throws(StoreError) in
                switch try admit(to: board, db) {
                case .failure(let refusal): return .failure(refusal)
                case .success(let rights): return .success(try body(db, rights))
                }
            }
        } catch { throw .store(error) }
        do throws(Refusal) { return try found.get() } catch { throw .refused(error) }
    }

    private func admit(
        to board: BoardName, _ db: Reading
    ) throws(StoreError) -> Result<ReaderRights, Refusal> {
        var members: [Member] = []
        if case .account(let uid, _) = visitor { members = try self.members(db, uid) }
        do throws(Refusal) {
            let person: Operator
            switch visitor {
            case .person(let known): person = known
            case .account(let uid, let session):
                person = try Operators(members: members, owner: owner)
                    .resolve(uid: uid, session: session)
            }
            if isGuarded {
                try board.right.check(for: person, act: board.rawValue, owner: owner.uid)
            }
            return .success(ReaderRights(person: person, isGuarded: isGuarded))
        } catch { return .failure(error) }
    }

    /// Of a damaged list, the home's own account stays the owner: it has to find out what is wrong.
    private func members(_ db: Reading, _ uid: Int64) throws(StoreError) -> [Member] {
        do throws(StoreError) { return try db.members() } catch .damaged where uid == owner.uid {
            return []
        }
    }

    /// To whom a ticket can be given.
    func supportNames(_ db: Reading) throws(StoreError) -> [String] {
        Operators(members: try db.members(), owner: owner).supportNames
    }

    /// Opens the file anew: with the handle every lock on it goes. The engine asks for that where a
    /// reader keeps the log from beginning anew.
    public func letGo() {
        if let path, let fresh = try? Database(reading: path) { database = fresh }
    }

    /// Where bots can run, and the rates: the home's file, else what the program brings along. A
    /// file that cannot be read counts as none here; the engine and `plutarc regions` say so.
    public func catalog() -> ComputeCatalog {
        folder.flatMap { try? ComputeCatalog.read(home: $0) } ?? .standard
    }

    /// Everything that is wrong with file, schema, ledgers and audit chain, and whether commits are
    /// missing that the engine before had made; empty when all is well.
    public func problems() throws(BoardError) -> [String] {
        _ = try read(.check) { _, _ in true }
        // First: what an engine commits meanwhile is then not missed.
        let home = folder.flatMap { try? Home.open(path: $0, for: .console) }
        let known = home.map(Lease.knownCommit) ?? KnownCommit(epoch: 0)
        let laws = folder == nil ? HomeLaws.ofFile : known.laws
        do throws(StoreError) { return try database.check(moreLaws: laws) } catch {
            throw .store(error)
        }
    }

    /// What an engine that starts will not follow of the file's own clock.
    public func clockProblems() throws(BoardError) -> [String] {
        try read(.check) { db, _ throws(StoreError) in try HomeLaws.ofClock(db) }
    }

    /// What keeps single bots from running, and nothing else: of a database that is sound.
    public func botProblems() throws(BoardError) -> [String] {
        try read(.check) { db, _ throws(StoreError) in try HomeLaws.ofBots(db) }
    }
}
