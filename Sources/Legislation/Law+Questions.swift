// The questions the stages ask. Each takes a day and answers with a citation; a day before the
// first value is an error, never a guess.

import CaseModel

extension Law {
  /// The provisions on which a track rests, in file order.
  public func legalBasis(of track: Track, on day: CivilDate) -> [Proposal.Provision] {
    provisions(.legalBasis, track: track, on: day)
  }

  /// What opens a track.
  /// - Throws: `LawError` when the profile has no value on the day. So do all questions below.
  public func trigger(of track: Track, on day: CivilDate) throws -> Proposal.Provision {
    try provision(.triggers, track.rawValue, on: day)
  }

  public func standard(of track: Track, on day: CivilDate) throws -> ProofStandard {
    let value = try value(.standards, track.rawValue, on: day)
    return ProofStandard(code: value.word ?? "", provision: value.provision)
  }

  public func burden(of track: Track, on day: CivilDate) throws -> ProofBurden {
    let value = try value(.burdens, track.rawValue, on: day)
    return ProofBurden(code: value.word ?? "", provision: value.provision)
  }

  /// How the profile takes a ground for a file without conviction.
  /// - Throws: `LawError.noRule` when the code is none of confiscation.md §2.2.
  public func ground(_ code: String, on day: CivilDate) throws -> GroundRule {
    let value = try value(.grounds, code, on: day)
    guard let acceptance = value.word.flatMap(GroundRule.Acceptance.init(rawValue:)) else {
      throw LawError.noRule(profile: profile, rule: "grounds \(code)")
    }
    return GroundRule(code: code, acceptance: acceptance, provision: value.provision)
  }

  /// Every ground with a value on the day, in the order of confiscation.md §2.2.
  public func grounds(on day: CivilDate) -> [GroundRule] {
    LegalWords.grounds.compactMap { try? ground($0, on: day) }
  }

  /// The provisions for taking property under a basis; nil when the track has none on the day,
  /// and then the basis reaches nothing.
  public func basis(
    _ basis: AssetBasis, of track: Track, on day: CivilDate
  ) -> [Proposal.Provision]? {
    let found = rules.filter {
      $0.section == .basis && $0.track == track && $0.subject == basis.rawValue
    }.compactMap { $0.value(on: day)?.provision }
    return found.isEmpty ? nil : found
  }

  public func benefitMode(on day: CivilDate) throws -> LegalChoice<BenefitMode> {
    try choice("benefit-mode", on: day)
  }
  public func valuationMoment(on day: CivilDate) throws -> LegalChoice<ValuationMoment> {
    try choice("valuation-moment", on: day)
  }
  public func mixedPurchase(on day: CivilDate) throws -> LegalChoice<MixedPurchaseRule> {
    try choice("mixed-purchase", on: day)
  }
  public func victimsRank(on day: CivilDate) throws -> LegalChoice<VictimsRank> {
    try choice("victims-rank", on: day)
  }
  public func valueOrder(on day: CivilDate) throws -> LegalChoice<ValueOrderRule> {
    try choice("value-order", on: day)
  }
  /// How many days back a rate may lie when the day of a receipt has none.
  public func conversionDays(on day: CivilDate) throws -> LegalChoice<Int> {
    try choice("conversion-days", on: day) { Int($0) }
  }

  /// Rules on benefit, third parties, victims and restraint, in file order.
  public func benefitRules(of track: Track, on day: CivilDate) -> [Proposal.Provision] {
    provisions(.benefit, track: track, on: day)
  }
  public func thirdPartyRules(of track: Track, on day: CivilDate) -> [Proposal.Provision] {
    provisions(.thirdParties, track: track, on: day)
  }
  public func victimRules(of track: Track, on day: CivilDate) -> [Proposal.Provision] {
    provisions(.victims, track: track, on: day)
  }
  public func restraintRules(of track: Track, on day: CivilDate) -> [Proposal.Provision] {
    provisions(.restraint, track: track, on: day)
  }
  /// Why property of a purchaser in good faith is not claimed.
  public func goodFaith(of track: Track, on day: CivilDate) throws -> Proposal.Provision {
    try provision(.goodFaith, track.rawValue, on: day)
  }

  public func tracing(on day: CivilDate) throws -> TracingRule {
    let allowed = try value(.tracing, "allowed", on: day)
    let standard = try value(.tracing, "default", on: day)
    let innocents = rule(.tracing, "between-innocents")?.value(on: day)
    return TracingRule(
      allowed: allowed.list, defaultMethod: standard.word ?? "",
      betweenInnocents: innocents?.word,
      provisions: [allowed.provision, standard.provision] + (innocents.map { [$0.provision] } ?? [])
    )
  }

  /// The time limits of a track, in file order.
  public func clocks(of track: Track, on day: CivilDate) -> [LegalClock] {
    rules.filter { $0.section == .clocks && ($0.track == nil || $0.track == track) }.compactMap {
      rule in
      rule.value(on: day).map {
        LegalClock(
          name: rule.name, track: rule.track, starts: $0.starts ?? "", length: $0.length,
          unit: $0.unit ?? "", provision: $0.provision)
      }
    }
  }

  /// The offence with a code, as it stood on the day of the conduct.
  public func offence(_ code: String, on day: CivilDate) throws -> OffenceRule {
    let value = try value(.offences, code, on: day)
    return OffenceRule(
      code: code, title: value.title ?? code,
      elements: value.elements.map { element in
        OffenceRule.Element(
          name: element.name, text: element.text,
          isRequired: !value.optional.contains(element.name),
          isRequiredForChild: !value.optional.contains(element.name)
            && !value.notForChild.contains(element.name))
      }, provision: value.provision)
  }

  /// Codes of all offences, in file order.
  public var offenceCodes: [String] {
    rules.filter { $0.section == .offences }.map(\.name)
  }

  /// The sections of a track's file, in order.
  public func sections(of track: Track, on day: CivilDate) throws -> [FileSection] {
    try value(.files, track.rawValue, on: day).list.enumerated().map {
      FileSection(number: $0.offset + 1, title: $0.element)
    }
  }

  /// Every citation in force on the day for a track, or for both, that is graded M or L and so
  /// prints as unverified. Sorted by text, without repetition.
  public func unverified(for track: Track, on day: CivilDate) -> [Citation] {
    let citations = rules.filter { $0.track == nil || $0.track == track }
      .compactMap { $0.value(on: day)?.citation }.filter(\.isUnverified)
    return Set(citations).sorted { a, b in
      if a.text != b.text { return a.text.utf8.lexicographicallyPrecedes(b.text.utf8) }
      if a.validFrom != b.validFrom {
        return (a.validFrom?.dayNumber ?? .min) < (b.validFrom?.dayNumber ?? .min)
      }
      return a.confidence.rawValue < b.confidence.rawValue
    }
  }

  /// Every citation of the profile with its rule's name, in file order; for the tests of the data
  /// and for the profile screen.
  public var citations: [(rule: String, citation: Citation)] {
    rules.flatMap { rule in
      rule.values.map { (rule: "\(rule.section.rawValue)/\(rule.name)", citation: $0.citation) }
    }
  }
}

// MARK: - Look-ups

extension Law {
  func rule(_ section: LegalRule.Section, _ name: String) -> LegalRule? {
    rules.first { $0.section == section && $0.name == name }
  }

  func value(
    _ section: LegalRule.Section, _ name: String, on day: CivilDate
  ) throws -> LegalRule.Value {
    guard let rule = rule(section, name), let first = rule.values.first else {
      throw LawError.noRule(profile: profile, rule: "\(section.rawValue) \(name)")
    }
    guard let value = rule.value(on: day) else {
      throw LawError.notYetInForce(
        profile: profile, rule: "\(section.rawValue) \(name)", asked: day, first: first.from)
    }
    return value
  }

  func provision(
    _ section: LegalRule.Section, _ name: String, on day: CivilDate
  ) throws -> Proposal.Provision {
    try value(section, name, on: day).provision
  }

  func provisions(
    _ section: LegalRule.Section, track: Track, on day: CivilDate
  ) -> [Proposal.Provision] {
    rules.filter { $0.section == section && ($0.track == nil || $0.track == track) }
      .compactMap { $0.value(on: day)?.provision }
  }

  func choice<Word: RawRepresentable & Hashable & Sendable>(
    _ name: String, on day: CivilDate
  ) throws -> LegalChoice<Word> where Word.RawValue == String {
    try choice(name, on: day) { Word(rawValue: $0) }
  }

  func choice<Word: Hashable & Sendable>(
    _ name: String, on day: CivilDate, reading: (String) -> Word?
  ) throws -> LegalChoice<Word> {
    let value = try value(.choices, name, on: day)
    guard let word = value.word.flatMap(reading) else {
      throw LawError.noRule(profile: profile, rule: "choices \(name)")
    }
    return LegalChoice(word: word, provision: value.provision)
  }
}

extension LegalRule {
  /// The value that applies on a day: the latest that began on or before it.
  func value(on day: CivilDate) -> Value? { values.last { $0.from <= day } }
}

extension LegalRule.Value {
  var provision: Proposal.Provision { Proposal.Provision(text: text, citation: citation) }
}
