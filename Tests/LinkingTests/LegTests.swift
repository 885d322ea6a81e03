import CaseModel
import Linking
import Testing

@Suite("Two legs of one movement")
struct LegTests {
  private func found(_ legs: [Leg], _ decisions: [LinkIdentity: LinkVerdict] = [:]) -> [String] {
    lines(findLinks(in: LinkInput(legs: legs, decisions: decisions)))
  }

  @Test("legs that name each other are matched, and the link lists what it rests on")
  func pair() throws {
    let result = findLinks(
      in: LinkInput(legs: [
        leg("d", "A", -500, on: 1, to: "B"), leg("c", "B", 500, on: 3, to: "A"),
      ]))
    #expect(lines(result) == ["two-legs matched bothAccounts: d c"])
    let link = try #require(result.links.first)
    #expect(
      link.constraints.map(\.text) == [
        "same amount and currency", "money out of one, into the other",
        "each names the account of the other", "booked 2 days apart",
      ])
    #expect(link.reason == "the only choice of each member: each names the account of the other")
  }

  @Test(
    "two credits that fit are proposals; the one that names the payer goes before a nameless one")
  func ambiguity() {
    let debit = leg("d", "A", -500, on: 1, to: "B")
    #expect(
      found([debit, leg("c1", "B", 500, on: 1), leg("c2", "B", 500, on: 2)]) == [
        "two-legs proposal oneAccount: d c1", "two-legs proposal oneAccount: d c2",
      ])
    #expect(
      found([debit, leg("c1", "B", 500, on: 1), leg("c2", "B", 500, on: 2, to: "A")]) == [
        "two-legs matched bothAccounts: d c2"
      ])
  }

  @Test("a third account, one sign, another amount without a reason, or six days are no movement")
  func strangers() {
    let debit = leg("d", "A", -500, on: 1, to: "B")
    for other in [
      leg("c", "B", 500, on: 1, to: "C"), leg("c", "B", -500, on: 1, to: "A"),
      leg("c", "B", 495, on: 1, to: "A"), leg("c", "B", 500, on: 7, to: "A"),
      leg("c", "B", 500, on: 1, to: "A", currency: dollar), leg("c", "A", 500, on: 1),
      leg("c", "B", 500, on: 1, to: "A", isReversal: true),
    ] {
      #expect(found([debit, other]).isEmpty, "\(other)")
    }
    #expect(
      found([debit, leg("c", "B", 500, on: 5, to: "A")]) == [
        "two-legs proposal lateAccount: d c"
      ])
  }

  @Test("declared charges bridge two amounts, on either side, and undeclared ones do not")
  func charges() throws {
    let credit = leg("c", "B", 99_500, on: 1, to: "A")
    let inside = ["charges-included": "5.00 EUR SHAR"]
    #expect(
      found([leg("d", "A", -100_000, on: 1, to: "B", references: inside), credit]) == [
        "two-legs matched charges: d c"
      ])
    #expect(
      found([
        leg("d", "A", -100_000, on: 1, to: "B"),
        leg("c", "B", 99_500, on: 1, references: inside),
      ]) == ["two-legs matched charges: d c"])
    #expect(
      found([
        leg("d", "A", -100_500, on: 1, to: "B", references: ["servicer": "S-1"]),
        leg("f", "A", -500, on: 1, references: ["fee-of": "s-1"]),
        leg("c", "B", 100_000, on: 2),
      ]) == ["two-legs matched charges: d c"])
    #expect(found([leg("d", "A", -100_000, on: 1, to: "B"), credit]).isEmpty)
    let result = findLinks(
      in: LinkInput(legs: [
        leg("d", "A", -100_000, on: 1, to: "B", references: inside), credit,
      ]))
    #expect(result.links.first?.fees == [money(500)])
    #expect(
      result.links.first?.constraints.first?.text
        == "same amount after declared charges of 5.00 EUR")
  }

  @Test("an exchange needs a stated original amount or rate; a rate that leads elsewhere proposes")
  func exchange() {
    let credit = leg("c", "B", 108_450, on: 1, currency: dollar)
    let original = money(108_450, dollar)
    #expect(found([leg("d", "A", -100_000, on: 1, to: "B"), credit]).isEmpty)
    #expect(
      found([leg("d", "A", -100_000, on: 1, to: "B", original: original), credit]) == [
        "two-legs matched exchange: d c"
      ])
    #expect(
      found([leg("d", "A", -100_000, on: 1, to: "B", rate: "1.0845"), credit]) == [
        "two-legs matched exchange: d c"
      ])
    #expect(
      found([
        leg("d", "A", -100_000, on: 1, to: "B", original: original, rate: "1.0845"), credit,
      ]) == ["two-legs matched exchange: d c"])
    #expect(
      found([
        leg("d", "A", -100_000, on: 1, to: "B", original: original, rate: "0.92208"), credit,
      ]) == ["two-legs matched exchange: d c"])
    #expect(
      found([
        leg("d", "A", -100_000, on: 1, to: "B", original: original, rate: "1.2"), credit,
      ]) == ["two-legs proposal doubtfulExchange: d c"])
  }

  @Test("a rate is rounded half away from zero, and not to the even cent")
  func rounding() {
    // 0.05 EUR at 2.1 are 10.5 US cents, 0.15 EUR are 31.5.
    for (cents, into) in [(5, 11), (15, 32)] as [(Int64, Int64)] {
      let debit = leg("d", "A", -cents, on: 1, to: "B", rate: "2.1")
      #expect(found([debit, leg("c", "B", into, on: 1, currency: dollar)]).count == 1)
      #expect(found([debit, leg("c", "B", into - 1, on: 1, currency: dollar)]).isEmpty)
    }
  }

  @Test("a UETR goes before accounts and bridges a week; its other amount is a contradiction")
  func uetr() {
    let id = ["uetr": "0b6dcd03-5b0c-4c3c-9d0e-2a1f7c9b0e11"]
    #expect(
      found([
        leg("d1", "A", -500, on: 1, to: "B"),
        leg("d2", "A", -500, on: 1, to: "B", references: id),
        leg("c", "B", 500, on: 9, references: id),
      ]) == ["two-legs matched uetr: d2 c"])
    #expect(
      found([
        leg("d", "A", -500, on: 1, references: id), leg("c", "B", 400, on: 1, references: id),
      ]) == ["two-legs contradicted uetr: d c"])
    #expect(
      found([
        leg("d", "A", -500, on: 1, to: "C", references: id),
        leg("c", "B", 500, on: 1, references: id),
      ]) == ["two-legs proposal looseReference: d c"])
    let noID = ["uetr": "NOT-A-UETR"]
    #expect(
      found([
        leg("d", "A", -500, on: 1, references: noID), leg("c", "B", 500, on: 1, references: noID),
      ]).isEmpty)
  }

  @Test("references that mean none are none; a reference without an account only proposes")
  func references() {
    for word in ["NOTPROVIDED", "nonref", "000000", "R-1"] {
      let refs = ["end-to-end": word]
      #expect(
        found([
          leg("d", "A", -500, on: 1, references: refs), leg("c", "B", 500, on: 1, references: refs),
        ]).isEmpty, "\(word)")
    }
    let refs = ["end-to-end": "INV-2024-7"]
    #expect(
      found([
        leg("d", "A", -500, on: 1, references: refs), leg("c", "B", 500, on: 9, references: refs),
      ]) == ["two-legs proposal looseReference: d c"])
    #expect(
      found([
        leg("d", "A", -500, on: 1, to: "B", references: refs),
        leg("c", "B", 500, on: 9, references: refs),
      ]) == ["two-legs matched referenceAndAccount: d c"])
  }

  @Test("names only propose, in any order of words, case and accents; other names do not")
  func names() {
    let debit = leg("d", "A", -500, on: 1, name: "Zoë MÜLLER", ownerName: "Payer One")
    let credit = leg("c", "B", 500, on: 2, name: "one payer", ownerName: "Muller, Zoe")
    #expect(found([debit, credit]) == ["two-legs proposal name: d c"])
    let stranger = leg("c", "B", 500, on: 2, name: "someone else", ownerName: "Muller, Zoe")
    #expect(found([debit, stranger]).isEmpty)
  }

  @Test(
    "a person's word goes first, a refusal frees the rest, and both are undone by leaving them out")
  func decisions() {
    let legs = [
      leg("d", "A", -500, on: 1, to: "B"), leg("c1", "B", 500, on: 1), leg("c2", "B", 500, on: 2),
    ]
    let first = LinkIdentity(.twoLegs, from: [.entry("d")], to: [.entry("c1")])
    #expect(found(legs, [first: .accept]) == ["two-legs matched person: d c1"])
    #expect(
      found(legs, [first: .refuse]) == [
        "two-legs refused oneAccount: d c1", "two-legs matched oneAccount: d c2",
      ])
    let other = LinkIdentity(.twoLegs, from: [.entry("d")], to: [.entry("c2")])
    #expect(
      found(legs, [first: .accept, other: .accept]) == [
        "two-legs proposal person: d c1", "two-legs proposal person: d c2",
      ])
    let gone = LinkIdentity(.twoLegs, from: [.entry("x")], to: [.entry("y")])
    #expect(
      findLinks(in: LinkInput(legs: legs, decisions: [gone: .accept])).waiting == [gone])
  }

  @Test("more equal payments than can be listed are neither listed nor matched, but by reference")
  func crowd() {
    var legs: [Leg] = []
    for number in 0..<100 {
      legs.append(leg("d\(100 + number)", "A", -500, on: number % 3, to: "B"))
      legs.append(leg("c\(100 + number)", "B", 500, on: number % 3, to: "A"))
    }
    legs.append(leg("dx", "A", -500, on: 1, to: "B", references: ["end-to-end": "E2E-00017"]))
    legs.append(leg("cx", "B", 500, on: 1, to: "A", references: ["end-to-end": "E2E-00017"]))
    let result = findLinks(in: LinkInput(legs: legs))
    #expect(lines(result) == ["two-legs matched referenceAndAccount: dx cx"])
    #expect(result.crowded.count == 202)
  }
}
