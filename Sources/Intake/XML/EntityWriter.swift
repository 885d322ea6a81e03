// Stated entities out of XML elements, with everything that has no property kept beside.

import CaseModel

/// Puts one entity together: properties in file order, never empty, each value once.
struct EntityWriter {
  var entity: StatedEntity

  init(_ schema: String, space: String, id: String, at locator: Locator, statedOn: CivilDate? = nil)
  {
    entity = StatedEntity(
      locator: locator, schema: schema, space: space, id: id, statedOn: statedOn)
  }

  mutating func add(_ property: String, _ value: String?) {
    guard let value, !value.isEmpty, entity.properties[property]?.contains(value) != true else {
      return
    }
    entity.properties[property, default: []].append(value)
  }

  /// Adds the texts of an element that no property has taken, under the format's own names.
  mutating func addRest(of element: XMLElement, prefix: String, except taken: Set<String>) {
    var rest: [String: String] = [:]
    element.addRest(to: &rest, except: taken)
    for name in rest.keys.sorted() { add(prefix + name, rest[name]) }
  }
}
