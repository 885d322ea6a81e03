import CaseModel
import Linking
import Testing

@Suite("Messages, reports, replies, announcements and batches")
struct RecordTests {
  private let uetr = ["uetr": "7f2b1c9e-8a4d-4e2f-b1a0-93c5d7e8f601"]

  private func found(_ legs: [Leg], _ records: [PaymentRecord] = []) -> [String] {
    lines(findLinks(in: LinkInput(legs: legs, records: records)))
  }

  @Test("a message with charges joins two legs that are not equal, and says which charges")
  func message() throws {
    let mt103 = record(
      "m", .instruction,
      [
        StatedAmount(.settled, money(99_500)), StatedAmount(.instructed, money(100_000)),
        StatedAmount(.senderCharge, money(500)),
      ], on: 1, from: "A", to: "B", references: ["sender": "TRN-998877"])
    let legs = [
      leg("d", "A", -100_000, on: 1, to: "B"), leg("c", "B", 99_500, on: 3, to: "A"),
    ]
    let result = findLinks(in: LinkInput(legs: legs, records: [mt103]))
    #expect(
      lines(result) == [
        "message matched bothAccounts: m c", "message matched bothAccounts: m d",
        "two-legs matched message: d c",
      ])
    #expect(found(legs).isEmpty)
  }

  @Test("a message in two currencies joins an exchange without any rate of ours")
  func messageExchange() {
    let mt103 = record(
      "m", .instruction,
      [StatedAmount(.settled, money(108_450, dollar)), StatedAmount(.instructed, money(100_000))],
      on: 1, from: "A", to: "B", references: uetr)
    #expect(
      found(
        [
          leg("d", "A", -100_000, on: 1, references: uetr),
          leg("c", "B", 108_450, on: 2, currency: dollar, references: uetr),
        ], [mt103]) == [
          "message matched uetr: m c", "message matched uetr: m d", "two-legs matched message: d c",
        ])
  }

  @Test("what was refused, cancelled or returned never matches; its booking is a contradiction")
  func notExecuted() {
    let legs = [leg("d", "A", -500, on: 1, to: "B"), leg("c", "B", 500, on: 1, to: "A")]
    for status in ["NAK", "cancelled", "Returned AC04", "RJCT", "refunded"] {
      let one = record(
        "m", .instruction, [StatedAmount(.settled, money(500))], on: 1, from: "A", to: "B",
        status: status)
      #expect(
        found(legs, [one]) == [
          "message contradicted bothAccounts: m c", "message contradicted bothAccounts: m d",
          "two-legs matched bothAccounts: d c",
        ], "\(status)")
    }
    let order = record(
      "m", .instruction, [StatedAmount(.settled, money(500))], on: 1, from: "A", to: "B",
      references: ["sender": "TRN-998877"])
    let reply = record(
      "r", .info, [StatedAmount(.settled, money(500))], on: 1,
      references: ["related": "trn-998877"],
      status: "rejected")
    #expect(
      found(legs, [order, reply]).contains("reply matched reference: r m"))
    #expect(!found(legs, [order, reply]).contains { $0.hasPrefix("message matched") })
    let pending = record(
      "m", .instruction, [StatedAmount(.settled, money(500))], on: 1, from: "A", to: "B",
      status: "pending")
    #expect(found(legs, [pending]).contains("message proposal bothAccounts: m d"))
  }

  @Test("two equal messages for one entry are left to a person; a shared reference decides")
  func twoMessages() {
    let amounts = [StatedAmount(.settled, money(500))]
    let legs = [leg("d", "A", -500, on: 1, to: "B", references: ["end-to-end": "E2E-00001"])]
    let one = record("m1", .instruction, amounts, on: 1, from: "A", to: "B")
    let two = record("m2", .instruction, amounts, on: 2, from: "A", to: "B")
    #expect(
      found(legs, [one, two]) == [
        "message proposal bothAccounts: m1 d", "message proposal bothAccounts: m2 d",
      ])
    let named = record(
      "m2", .instruction, amounts, on: 2, from: "A", to: "B",
      references: ["end-to-end": "E2E-00001"])
    #expect(found(legs, [one, named]) == ["message matched referenceAndAccount: m2 d"])
  }

  @Test("a cover message and its payment tell of one movement and share its entry")
  func cover() {
    let amounts = [StatedAmount(.settled, money(500))]
    let legs = [leg("d", "A", -500, on: 1, to: "B", references: uetr)]
    #expect(
      found(
        legs,
        [
          record("mt103", .instruction, amounts, on: 1, from: "A", to: "B", references: uetr),
          record("mt202cov", .instruction, amounts, on: 1, references: uetr),
        ]) == [
          "message matched uetr: mt103 d", "message matched uetr: mt202cov d",
          "same-movement matched uetr: mt103 mt202cov",
        ])
  }

  @Test("reports of two banks about one transaction are joined, two reports of one bank are not")
  func reports() {
    let amounts = [StatedAmount(.reported, money(90_000))]
    let one = record("r1", .report, amounts, on: 1, from: "A", to: "B", reporter: "Bank One")
    let two = record("r2", .report, amounts, on: 1, from: "A", to: "B", reporter: "Bank Two")
    let same = record("r3", .report, amounts, on: 1, from: "A", to: "B", reporter: "Bank One")
    let legs = [leg("d", "A", -90_000, on: 1, to: "B")]
    #expect(
      found(legs, [one, two]) == [
        "report matched bothAccounts: r1 d", "report matched bothAccounts: r2 d",
        "same-movement matched bothAccounts: r1 r2",
      ])
    #expect(
      found(legs, [one, two, same]).filter { $0.contains("matched") }.isEmpty)
    let numbered = ["transaction-number": "TX-000123"]
    #expect(
      found(
        [],
        [
          record("r1", .report, amounts, on: 1, from: "A", references: numbered),
          record("r2", .report, amounts, on: 2, from: "A", references: numbered),
        ]) == ["same-movement matched referenceAndAccount: r1 r2"])
  }

  @Test("a report of cash matches the deposit of its very day, and no other day's without a person")
  func cash() {
    let report = record(
      "r", .report, [StatedAmount(.reported, money(90_000))], on: 1, to: "A")
    #expect(
      found([leg("c", "A", 90_000, on: 1)], [report]) == ["report matched accountAndDay: r c"])
    #expect(
      found([leg("c", "A", 90_000, on: 2)], [report]) == ["report proposal lateAccount: r c"])
    #expect(
      found([leg("c", "A", 90_000, on: 1), leg("x", "A", 90_000, on: 1)], [report]).count == 2)
  }

  @Test("an announcement and its booking are one movement, linked and never added")
  func announcements() {
    let reference = ["servicer": "BANKREF-1"]
    #expect(
      found([
        leg("n", "A", 500, on: 1, kind: .info, references: reference),
        leg("p", "A", 500, on: 1, kind: .pending, references: reference),
        leg("b", "A", 500, on: 2, references: reference), leg("x", "A", 500, on: 2),
      ]) == [
        "notification matched referenceAndAccount: n b",
        "notification matched referenceAndAccount: p b",
      ])
    #expect(
      found([
        leg("n", "A", 500, on: 1, to: "B", kind: .info), leg("b", "A", 500, on: 2, to: "B"),
      ]) == ["notification matched accountAndDay: n b"])
    #expect(
      found([leg("n", "A", 500, on: 1, kind: .info), leg("b", "A", 500, on: 2)]) == [
        "notification proposal lateAccount: n b"
      ])
  }

  @Test("a batch is matched by its reference or as a whole day; a part of a day is proposed")
  func batches() {
    let pay = ["payment-information": "SALARY-03"]
    #expect(
      found([
        leg("d", "A", -900, on: 1, references: pay), leg("c1", "B", 400, on: 2, references: pay),
        leg("c2", "C", 500, on: 3, references: pay),
      ]) == ["batch matched batchReference: d c1+c2"])
    let day = [
      leg("d", "A", -900, on: 1), leg("c1", "B", 400, on: 2, to: "A"),
      leg("c2", "C", 500, on: 2, to: "A"),
    ]
    #expect(found(day) == ["batch matched batchDay: d c1+c2"])
    #expect(
      found(day + [leg("c3", "C", 70, on: 2, to: "A")]) == ["batch proposal batchSubset: d c1+c2"])
    #expect(
      found([
        leg("d1", "A", -300, on: 1, to: "B", references: pay),
        leg("d2", "A", -600, on: 1, to: "B", references: pay),
        leg("c1", "B", 400, on: 2, to: "A", references: pay),
        leg("c2", "B", 500, on: 2, to: "A", references: pay),
      ]) == ["batch matched batchReference: d1+d2 c1+c2"])
  }

  @Test("a search that stops at its bound says so")
  func bound() throws {
    var legs = [leg("d", "A", -1_000_001, on: 1)]
    // Even amounts never add up to an odd sum; only trying all would tell. One odd pair does.
    for number in 0..<36 {
      legs.append(
        leg("c\(10 + number)", "B\(number)", Int64(50_000 + 2 * number), on: 2, to: "A"))
    }
    legs.append(leg("x1", "X", 999_000, on: 2, to: "A"))
    legs.append(leg("x2", "Y", 1_001, on: 2, to: "A"))
    let result = findLinks(in: LinkInput(legs: legs))
    #expect(lines(result) == ["batch proposal batchSubset: d x1+x2"])
    let link = try #require(result.links.first)
    #expect(!link.isExhausted)
    #expect(link.reason.hasSuffix("the search stopped at its bound"))
  }
}
