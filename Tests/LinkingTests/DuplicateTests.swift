import CaseModel
import Linking
import Testing

@Suite("Lines that several files show")
struct DuplicateTests {
  /// A leg of account A that a file shows as its line `line`.
  private func line(
    _ key: String, _ minor: Int64, in files: [String: Int], on number: Int = 1,
    to other: String? = nil, servicer: String? = nil
  ) -> Leg {
    var made = leg(
      key, "A", minor, on: number, to: other, references: servicer.map { ["servicer": $0] } ?? [:])
    made.places = files.map { LinePlace(file: $0.key, position: $0.value) }
    return made
  }

  private func found(_ legs: [Leg], _ decisions: [LinkIdentity: LinkVerdict] = [:]) -> [String] {
    let result = lines(findLinks(in: LinkInput(legs: legs, decisions: decisions)))
    #expect(lines(findLinks(in: LinkInput(legs: legs.reversed(), decisions: decisions))) == result)
    return result
  }

  private func pair(_ from: String, _ to: String) -> LinkIdentity {
    LinkIdentity(.duplicate, from: [.entry(from)], to: [.entry(to)])
  }

  @Test("one line in three formats is proposed pair by pair, and never matched by itself")
  func threeFormats() throws {
    let legs = [
      line("a", -700, in: ["F": 1]), line("b", -700, in: ["G": 1]), line("c", -700, in: ["H": 1]),
    ]
    let all = [
      "duplicate proposal repeatedLine: a b", "duplicate proposal repeatedLine: a c",
      "duplicate proposal repeatedLine: b c",
    ]
    #expect(found(legs) == all)
    let link = try #require(findLinks(in: LinkInput(legs: legs)).links.first)
    #expect(link.choices == 2)
    #expect(link.reason.contains("never matched without a person"))
  }

  @Test(
    "what one file shows twice, what both files show, and other days and amounts are no repetition")
  func differentLines() {
    #expect(found([line("a", -700, in: ["F": 1]), line("b", -700, in: ["F": 2])]) == [])
    #expect(
      found([line("a", -700, in: ["F": 1, "G": 1]), line("b", -700, in: ["F": 2])]) == [])
    #expect(found([line("a", -700, in: ["F": 1]), line("b", 700, in: ["G": 1])]) == [])
    #expect(found([line("a", -700, in: ["F": 1]), line("b", -700, in: ["G": 1], on: 2)]) == [])
    #expect(found([line("a", -700, in: ["F": 1]), line("b", -701, in: ["G": 1])]) == [])
  }

  @Test("lines alike are paired by the bank's reference, then in the order of the files")
  func orderAndReference() {
    // By key the order would be a–c, b–d; the files say otherwise.
    let legs = [
      line("a", -5, in: ["F": 2]), line("b", -5, in: ["F": 1]), line("c", -5, in: ["G": 1]),
      line("d", -5, in: ["G": 2]), line("e", -5, in: ["G": 3]),
    ]
    #expect(
      found(legs) == [
        "duplicate proposal repeatedLine: a d", "duplicate proposal repeatedLine: b c",
      ])
    var referenced = legs
    referenced[1].references["servicer"] = "B7"
    referenced[4].references["servicer"] = "B7"
    #expect(
      found(referenced) == [
        "duplicate proposal repeatedLine: a c", "duplicate proposal repeatedLine: b e",
      ])
  }

  @Test("an accepted repetition takes part in nothing else; refused and undone it does again")
  func acceptedCountsOnce() {
    var legs = [
      line("a", -700, in: ["F": 1], to: "B"), line("b", -700, in: ["G": 1], to: "B"),
      leg("z", "B", 700, on: 1, to: "A"),
    ]
    let open = [
      "duplicate proposal repeatedLine: a b", "two-legs proposal bothAccounts: a z",
      "two-legs proposal bothAccounts: b z",
    ]
    #expect(found(legs) == open)
    #expect(
      found(legs, [pair("a", "b"): .accept]) == [
        "duplicate matched person: a b", "two-legs matched bothAccounts: a z",
      ])
    #expect(
      found(legs, [pair("a", "b"): .refuse]) == [
        "duplicate refused repeatedLine: a b", open[1], open[2],
      ])
    // A third file: what follows from two decisions needs no third.
    legs.insert(line("c", -700, in: ["H": 1], to: "B"), at: 2)
    #expect(
      found(legs, [pair("a", "c"): .accept, pair("b", "c"): .accept]) == [
        "duplicate matched person: a b", "duplicate matched person: a c",
        "duplicate matched person: b c", "two-legs matched bothAccounts: a z",
      ])
  }

  @Test("two lines of one file are never made one, whatever was accepted")
  func linesOfOneFileStayTwo() {
    // c is like a by the order of F and G, and like b by the bank's reference in F and H.
    let legs = [
      line("a", -5, in: ["F": 1]), line("b", -5, in: ["F": 2], servicer: "X"),
      line("c", -5, in: ["H": 1], servicer: "X"), line("d", -5, in: ["G": 1]),
    ]
    let result = found(
      legs, [pair("b", "c"): .accept, pair("a", "d"): .accept, pair("c", "d"): .accept])
    #expect(result.contains("duplicate matched person: a d"))
    #expect(result.contains("duplicate matched person: b c"))
    #expect(result.contains("duplicate proposal person: c d"))
  }

  @Test("more files than are compared are said, and nothing is proposed of them")
  func crowds() {
    var policy = LinkPolicy()
    policy.choicesMax = 3
    let legs = ["a", "b", "c", "d"].map { line($0, -5, in: [$0: 1]) }
    let result = findLinks(in: LinkInput(legs: legs, policy: policy))
    #expect(result.links.isEmpty)
    #expect(result.crowded.map(\.text) == ["entry:a", "entry:b", "entry:c", "entry:d"])
  }
}
