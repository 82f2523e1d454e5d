/// Reading and saving members.

extension Member: Stored {
    static let table = RecordTable("members", of: Member.self)

    init(_ row: inout some ColumnVisitor<Member>) throws(StoreError) {
        id = try row.numbered("id") { $0.id }
        uid = try row("uid") { $0.uid }
        name = try row("name") { $0.name }
        role = try row("role") { $0.role }
        isStaff = try row("is_staff") { $0.isStaff }
        joinedAt = try row("joined_at") { $0.joinedAt }
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
