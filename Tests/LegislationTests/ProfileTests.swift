// What every shipped profile must hold.

import CaseModel
import Legislation
import Testing

@Suite("The shipped jurisdiction profiles")
struct ProfileTests {
  /// A day on which every rule of both profiles has a value.
  static let day = CivilDate(dayNumber: 20_700)  // 2026-09-04

  @Test("Both profiles load, in byte order of their names")
  func bothLoad() throws {
    #expect(Law.profileNames == ["gb", "untoc"])
    #expect(try Law.all.map(\.profile) == ["gb", "untoc"])
    #expect(try Law.all.map(\.isLaw) == [true, false])
  }

  @Test("Every rule carries a source, a first day and a grade")
  func everyRuleIsCited() throws {
    for law in try Law.all {
      #expect(law.citations.count > 50)
      for (rule, citation) in law.citations {
        #expect(!citation.text.isEmpty, "\(law.profile): \(rule)")
        #expect(citation.validFrom != nil, "\(law.profile): \(rule)")
      }
      #expect(!law.datesNote.isEmpty)
    }
  }

  @Test("Nobody has signed the profiles, so none may be used for a filing")
  func unsigned() throws {
    for law in try Law.all { #expect(!law.isSigned(on: Self.day)) }
  }

  @Test("The whole frame of both tracks can be asked for", arguments: Track.allCases)
  func tracksAreComplete(track: Track) throws {
    for law in try Law.all {
      #expect(!law.legalBasis(of: track, on: Self.day).isEmpty)
      #expect(!(try law.standard(of: track, on: Self.day)).code.isEmpty)
      #expect(!(try law.burden(of: track, on: Self.day)).code.isEmpty)
      #expect(try law.sections(of: track, on: Self.day).count == 15)
      #expect(!law.unverified(for: track, on: Self.day).isEmpty)
      _ = try law.trigger(of: track, on: Self.day)
      _ = try law.goodFaith(of: track, on: Self.day)
      for basis in [AssetBasis.directProceeds, .converted, .intermingled] {
        #expect(law.basis(basis, of: track, on: Self.day)?.isEmpty == false)
      }
    }
  }

  @Test("Grades are those of the research: POCA s. 240(2) is high, s. 76 medium (S-091)")
  func gradesAreKept() throws {
    let gb = try Law(profile: "gb")
    func grade(_ text: String) -> Citation.Confidence? {
      gb.citations.first { $0.citation.text == text }?.citation.confidence
    }
    #expect(grade("Proceeds of Crime Act 2002, s. 240(2)") == .high)
    #expect(grade("Proceeds of Crime Act 2002, s. 6(7)") == .high)
    #expect(grade("Proceeds of Crime Act 2002, ss. 76, 84") == .medium)
    #expect(grade("Proceeds of Crime Act 2002, s. 287") == .medium)
    let untoc = try Law(profile: "untoc")
    #expect(try untoc.ground("fled", on: Self.day).provision.citation.confidence == .medium)
    #expect(try untoc.ground("time_barred", on: Self.day).provision.citation.confidence == .low)
  }

  @Test("Each ground code of S-091 is answered by each profile")
  func groundsAreAnswered() throws {
    let gb = try Law(profile: "gb")
    #expect(try gb.ground("fled", on: Self.day).acceptance == .free)
    #expect(try gb.ground("standalone_by_law", on: Self.day).acceptance == .free)
    let untoc = try Law(profile: "untoc")
    #expect(try untoc.ground("deceased", on: Self.day).acceptance == .yes)
    #expect(
      try untoc.ground("acquitted_property_still_tainted", on: Self.day).acceptance == .counsel)
    #expect(gb.grounds(on: Self.day).count == 14)
    #expect(untoc.grounds(on: Self.day).count == 14)
  }

  @Test("Allowed methods and defaults are those of confiscation.md §4.1")
  func methods() throws {
    let untoc = try Law(profile: "untoc").tracing(on: Self.day)
    #expect(untoc.allowed == ["rolling_pro_rata", "libr", "fifo"])
    #expect(untoc.defaultMethod == "rolling_pro_rata")
    let gb = try Law(profile: "gb").tracing(on: Self.day)
    #expect(gb.allowed == ["rolling_pro_rata", "pari_passu", "fifo", "libr", "oatway", "backward"])
    #expect(gb.defaultMethod == "libr")
    #expect(gb.betweenInnocents == "rolling_pro_rata")
  }

  @Test(
    "An adult trafficking count has act, means and purpose; a child's needs no means (S-001, S-010)"
  )
  func traffickingElements() throws {
    let offence = try Law(profile: "untoc").offence("trafficking-forced-labour", on: Self.day)
    #expect(offence.elements.map(\.name) == ["act", "means", "purpose"])
    #expect(offence.elements.map(\.isRequired) == [true, true, true])
    #expect(offence.elements.map(\.isRequiredForChild) == [true, false, true])
    for law in try Law.all {
      #expect(
        law.offenceCodes == [
          "trafficking-forced-labour", "migrant-smuggling", "laundering", "bribery",
        ])
    }
  }

  @Test("Conduct is judged by the law of its own day")
  func oldLawStays() throws {
    let gb = try Law(profile: "gb")
    let before = try #require(CivilDate("2014-05-01"))
    #expect(
      try gb.offence("trafficking-forced-labour", on: before).provision.citation.text
        == "Coroners and Justice Act 2009, s. 71")
    let clocks = gb.clocks(of: .nonConvictionBased, on: try #require(CivilDate("2009-01-01")))
    #expect(clocks.map(\.length) == [12])
    #expect(gb.clocks(of: .nonConvictionBased, on: Self.day).map(\.length) == [20])
  }

  @Test("Asking for a day before the first value is an error, never a guess")
  func noGuess() throws {
    let gb = try Law(profile: "gb")
    let early = try #require(CivilDate("2001-01-01"))
    let first = try #require(CivilDate("2003-03-24"))
    #expect(
      throws: LawError.notYetInForce(
        profile: "gb", rule: "standards cb", asked: early, first: first)
    ) { try gb.standard(of: .convictionBased, on: early) }
    #expect(gb.basis(.directProceeds, of: .convictionBased, on: early) == nil)
  }

  @Test("The reporting threshold is named as our own analytic value")
  func thresholds() throws {
    for law in try Law.all {
      for code in ["GBP", "EUR", "USD"] {
        let currency = try #require(Currency(iso: code))
        let found = try #require(law.cashReportingThreshold(in: currency, on: Self.day))
        #expect(found.amount.decimalText == "10000.00")
        #expect(found.citation.text.contains("Analytic default"))
        #expect(found.citation.isUnverified)
      }
      let yen = try #require(Currency(iso: "JPY"))
      #expect(law.cashReportingThreshold(in: yen, on: Self.day) == nil)
    }
    let pound = try #require(Currency(iso: "GBP"))
    let minimum = try Law(profile: "gb").amount("civil-recovery-minimum", in: pound, on: Self.day)
    #expect(minimum?.citation.text == "Proceeds of Crime Act 2002, s. 287")
  }

  @Test("An unknown profile is refused with the names of the known ones")
  func unknownProfile() {
    #expect(throws: LawError.unknownProfile("xx", known: ["gb", "untoc"])) {
      try Law(profile: "xx")
    }
  }
}
