/// A component of a template as an item of a list.
import Core
import Store

struct TemplatePart: Sendable {
    /// Which of its name and role it is, too: two alike are two.
    struct Key: Hashable, Sendable {
        var role: ComponentRole
        var name: String
        var number = 0
    }

    let id: Key
    let component: ComponentRow

    static func list(_ components: [ComponentRow]) -> [TemplatePart] {
        var seen: [Key: Int] = [:]
        return components.map { component in
            let first = Key(role: component.role, name: component.name)
            var id = first
            id.number = seen[first, default: 0]
            seen[first, default: 0] += 1
            return TemplatePart(id: id, component: component)
        }
    }
}
