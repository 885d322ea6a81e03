import TestSupport
import Testing

@testable import Identity

@Suite("Party resolution")
struct PartyResolutionTests {
  static func person(
    _ reference: String, _ name: String, born: String? = nil,
    _ identifiers: [PartyIdentifier] = [], phone: String? = nil, address: String? = nil
  ) -> PartyMention {
    PartyMention(
      reference: reference, kind: .person, names: [name], birth: born.flatMap { PartialDate($0) },
      identifiers: identifiers, phones: phone.map { [$0] } ?? [],
      addresses: address.map { [$0] } ?? [])
  }

  static func strong(_ scheme: String, _ value: String) -> PartyIdentifier {
    PartyIdentifier(scheme: scheme, value: value, isStrong: true)
  }

  @Test("A shared valid number joins, a name alone never does, however rare and equal")
  func automatic() {
    let numbered = PartyResolution(of: [
      Self.person("a", "Ewa Nowak", [Self.strong("pesel", "02070803628")]),
      Self.person("b", "E. Nowak-Wilk", [Self.strong("pesel", "020708-03628")]),
    ])
    #expect(numbered.parties == [["a", "b"]])
    #expect(numbered.automatic.map(\.first) == ["a"])
    let named = PartyResolution(of: [
      Self.person("a", "Zbigniew Przybyszewski"), Self.person("b", "Przybyszewski Zbigniew"),
    ])
    #expect(named.parties == [["a"], ["b"]])
    #expect(named.automatic.isEmpty)
  }

  @Test("A name and a birth date are a proposal with its reasons; without the date there is none")
  func proposals() throws {
    let made = PartyResolution(of: [
      Self.person("a", "Vladimir Kuznetsov", born: "1984-07-23"),
      Self.person("b", "Кузнецов Владимир", born: "1984-07-23"),
      Self.person("c", "Kuznecov V."),
    ])
    let proposal = try #require(made.proposals.first)
    #expect([proposal.first, proposal.second] == ["a", "b"])
    #expect(proposal.score.reasons.map(\.text).contains("both born on 1984-07-23"))
    #expect(made.proposals.count == 1)
    #expect(made.parties.count == 3)
  }

  @Test("What excludes one party stands against a shared number: a person decides")
  func contradicted() {
    let made = PartyResolution(of: [
      Self.person("a", "Ewa Nowak", born: "1990-02-02", [Self.strong("passport:pl", "ZE1234567")]),
      Self.person("b", "Jan Kowal", born: "1961-05-09", [Self.strong("passport:pl", "ZE1234567")]),
    ])
    #expect(made.automatic.isEmpty)
    #expect(made.proposals.map(\.score.isContradicted) == [true])
    #expect(made.parties.count == 2)
  }

  @Test("Numbers of two schemes are never compared")
  func schemes() {
    let made = PartyResolution(of: [
      Self.person("a", "Ewa Nowak", [Self.strong("tax:pl", "1234563218")]),
      Self.person("b", "Rui Costa", [Self.strong("tax:pt", "1234563218")]),
    ])
    #expect(made.automatic.isEmpty)
    #expect(made.proposals.isEmpty)
  }

  @Test("A judgement stands above the automatic join, and is applied whatever the order")
  func judgements() {
    let mentions = [
      Self.person("a", "Ewa Nowak", [Self.strong("pesel", "02070803628")]),
      Self.person("b", "Ewa Nowak", [Self.strong("pesel", "02070803628")]),
      Self.person("c", "Eva Novak"),
    ]
    let apart = PartyResolution(of: mentions, judgements: [.init("b", "a", .different)])
    #expect(apart.parties == [["a"], ["b"], ["c"]])
    let joined = PartyResolution(of: mentions.reversed(), judgements: [.init("c", "b", .same)])
    #expect(joined.parties == [["a", "b", "c"]])
    let torn = PartyResolution(
      of: mentions, judgements: [.init("c", "b", .same), .init("a", "c", .different)])
    #expect(torn.contradictions == [.init("a", "c", .different)])
  }

  @Test("The result does not depend on the order of the records")
  func order() {
    var random = SeededRandom(seed: 7)
    let people = MadePeople.mentions(count: 300, seed: 3).map(\.mention)
    let first = PartyResolution(of: people)
    for _ in 0..<5 {
      let again = PartyResolution(of: people.shuffled(using: &random))
      #expect(again.parties == first.parties)
      #expect(again.proposals == first.proposals)
      #expect(again.automatic == first.automatic)
    }
  }

  @Test("Made-up people written in several ways: few wrong proposals, most right ones found")
  func labelled() {
    let people = MadePeople.mentions(count: 2_000, seed: 11)
    let truth = Dictionary(
      people.map { ($0.mention.reference, $0.person) }, uniquingKeysWith: { a, _ in a })
    let made = PartyResolution(of: people.map(\.mention))
    #expect(made.automatic.allSatisfy { truth[$0.first] == truth[$0.second] })
    let right = made.proposals.count { truth[$0.first] == truth[$0.second] }
    let joined = made.automatic.count
    var sizes: [Int: Int] = [:]
    for one in people { sizes[one.person, default: 0] += 1 }
    let all = sizes.values.reduce(0) { $0 + $1 * ($1 - 1) / 2 }
    print(
      "party proposals: \(right) right of \(made.proposals.count), \(joined) joined, \(all) pairs")
    #expect(right * 100 >= made.proposals.count * 97)
    #expect((right + joined) * 100 >= all * 80)
  }

  @Test("A name that everybody bears is passed over, and the result says so")
  func tooCommon() {
    let people = (0..<400).map { Self.person("p\($0)", "John Smith") }
    let made = PartyResolution(of: people)
    #expect(made.parties.count == 400)
    #expect(made.passedOver.values.contains(400))
  }
}
