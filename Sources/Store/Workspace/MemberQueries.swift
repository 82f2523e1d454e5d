/// Reading and saving members.

extension Member: Stored {
    static let table = RecordTable(
        "members", key: ["id"],
        columns: [
            "id", "uid", "name", "role", "is_staff", "joined_at",
        ])

    func put(into row: Statement) {
        row.put(id.orNext)
        row.put(uid)
        row.put(name)
        row.put(role)
        row.put(isStaff)
        row.put(joinedAt)
    }

    init(from row: Statement) throws(StoreError) {
        try self.init(
            id: row.take(), uid: row.take(), name: row.take(), role: row.take(),
            isStaff: row.take(), joinedAt: row.take())
    }
}

private enum Queries {
    static let all = Member.table.select("ORDER BY id")
    static let byUID = Member.table.select("WHERE uid = ?1")
    static let delete = Query("DELETE FROM members WHERE id = ?1")
}

extension Reading {
    /// **Order** by id.
    public func members() throws(StoreError) -> [Member] { try all(Queries.all) }

    public func member(uid: Int64) throws(StoreError) -> Member? {
        try first(Queries.byUID) { $0.put(uid) }
    }
}

extension Writing {
    /// **Throws** when the Unix account is a member already.
    @discardableResult
    public func insert(_ member: Member) throws(StoreError) -> ID<Member> { ID(try add(member)) }

    public func save(_ member: Member) throws(StoreError) { try put(member) }

    public func delete(_ member: ID<Member>) throws(StoreError) {
        try run(Queries.delete) { $0.put(member) }
    }
}
