/// What lies between two points of an equity curve, and what a net position has cost.

enum Migration7Extremes {
    /// Null in rows of before: nobody had looked between the points, or kept the cost.
    static let sql = [
        "ALTER TABLE equity ADD COLUMN low INTEGER",
        "ALTER TABLE equity ADD COLUMN high INTEGER",
        "ALTER TABLE equity ADD COLUMN fall INTEGER CHECK (fall >= 0)",
        "ALTER TABLE venue_positions ADD COLUMN cost INTEGER",
    ]
}
