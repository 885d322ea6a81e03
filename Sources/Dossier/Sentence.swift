/// The wording of one sentence taken apart: words, strong words, places for values, pointers.
struct Sentence {
  enum Part: Hashable {
    case words(String)
    case strong(String)
    case place(String)
    case reference(String)
  }

  let parts: [Part]

  /// - Throws: `DossierError.sentence` when a brace or a pair of stars is left open.
  init(_ text: String, name: String) throws {
    var parts: [Part] = []
    var words = ""
    var strong = false
    func close() {
      guard !words.isEmpty else { return }
      parts.append(strong ? .strong(words) : .words(words))
      words = ""
    }
    var rest = text[...]
    while let character = rest.first {
      if character == "{" {
        close()
        guard let end = rest.firstIndex(of: "}") else {
          throw DossierError.sentence(name: name, reason: "a { is not closed")
        }
        let place = String(rest[rest.index(after: rest.startIndex)..<end])
        parts.append(place.hasPrefix("#") ? .reference(String(place.dropFirst())) : .place(place))
        rest = rest[rest.index(after: end)...]
      } else if rest.hasPrefix("**") {
        close()
        strong.toggle()
        rest = rest.dropFirst(2)
      } else {
        words.append(character)
        rest = rest.dropFirst()
      }
    }
    close()
    guard !strong else { throw DossierError.sentence(name: name, reason: "a ** is not closed") }
    self.parts = parts
  }
}
