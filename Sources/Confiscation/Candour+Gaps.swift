// What the records do not show.

import CaseModel

extension CandourBuilder {
  func gaps(_ benefit: Benefit?) -> [Candour.Point] {
    missingPeriods + unsettledStatements + accountsWithoutStatements + elementsWithoutFacts
      + run.limits.map(none) + moneyOutOfReach + itemsWithoutFigures + schedule.unconverted
      + (benefit?.unconverted.map(none) ?? []) + findingLimits + wall.points
      + index.caseFile.scopeNotes.map(none)
  }

  private var missingPeriods: [Candour.Point] {
    index.caseFile.gaps.map { gap in
      var text = "\(index.title(of: gap.account)): "
      if let missing = gap.missing {
        text += "no statement from \(missing.first) to \(missing.last) (\(missing.dayCount) days)"
      } else {
        text += "two statements that follow each other do not join"
      }
      if let jump = gap.jump { text += "; the balances differ by \(jump.text)" }
      return Candour.Point(text: text + ".", sources: gap.sources)
    }
  }

  private var unsettledStatements: [Candour.Point] {
    index.caseFile.statements.compactMap { record in
      let name = index.title(of: record.account)
      let number = record.number.map { " \(Issue.escaped($0))" } ?? ""
      let text: String
      switch record.status {
      case .reconciled, .notApplicable: return nil
      case .unreconciled:
        text =
          "\(name): statement\(number) does not agree with its own balances"
          + (record.difference.map { " by \($0.text)." } ?? ".")
      case .incomplete: text = "\(name): statement\(number) is cut off or lacks a balance."
      case .noBalances:
        text = "\(name): statement\(number) states no balances and could not be checked."
      }
      return Candour.Point(text: text, sources: [record.source])
    }
  }

  /// Accounts of the persons the matter is about of which no bank was asked. Those of victims,
  /// families, witnesses and third parties are counted, not listed: not asking there is no fault.
  private var accountsWithoutStatements: [Candour.Point] {
    let about: Set<Role> = [
      .suspect, .defendant, .respondent, .controller, .nominee, .intermediary, .publicOfficial,
    ]
    var points: [Candour.Point] = []
    var others: Set<AccountKey> = []
    for person in matter.persons.sorted(by: { $0.code < $1.code }) {
      let roles = Set(person.roles.map(\.role))
      let keys = Set(person.holds + person.controls)
      guard !person.isVictim, !roles.isDisjoint(with: about) || roles == [.legalPerson] else {
        others.formUnion(
          keys.filter { key in !index.accounts(key).contains(where: \.hasStatements) })
        continue
      }
      // An account that others name in another currency is the same account: statements of one speak.
      let silent = keys.sorted().compactMap { key in
        index.accounts(key).contains(where: \.hasStatements) ? nil : index.accounts(key).first
      }
      let unknown = keys.filter { index.accounts($0).isEmpty }.count
      points += silent.map {
        Candour.Point(
          text:
            "No statement was received of account \($0.displayName), which \(person.code) holds "
            + "or controls.", sources: [person.source])
      }
      if unknown > 0 {
        points.append(
          Candour.Point(
            text: "\(unknown) account\(unknown == 1 ? "" : "s") recorded for \(person.code) "
              + "\(unknown == 1 ? "does" : "do") not occur in any record received.",
            sources: [person.source]))
      }
    }
    if !others.isEmpty {
      let count = others.count
      points.append(
        none(
          "No statement was asked of \(count) account\(count == 1 ? "" : "s") of victims, families, "
            + "witnesses and third parties."))
    }
    return points
  }

  /// Elements of convicted or charged counts without a fact a court may see. The track without
  /// conviction does not ask (N5).
  private var elementsWithoutFacts: [Candour.Point] {
    guard rules.track == .convictionBased else { return [] }
    let usable = Set(wall.usable.map(\.code))
    var points: [Candour.Point] = []
    for count in matter.counts.sorted(by: { $0.number < $1.number })
    where count.state == .convicted || count.state == .charged {
      guard let offence = try? law.offence(count.offence, on: count.conduct.first) else {
        points.append(
          Candour.Point(
            text: "Count \(count.number): the profile \(law.profile) has no offence "
              + "\(Issue.escaped(count.offence)) on \(count.conduct.first).",
            sources: [count.source]))
        continue
      }
      for element in offence.elements where element.isRequired {
        let facts = count.elements.filter { $0.name == element.name }.flatMap(\.facts)
        if !facts.contains(where: usable.contains) {
          points.append(
            Candour.Point(
              text: "Count \(count.number), \(offence.title): no fact that a court may see is "
                + "recorded for the element \(element.name).", sources: [count.source]))
        }
      }
    }
    return points
  }

  /// Traced money that stands in no listed item: abroad, untraced, spent, gone into debts.
  private var moneyOutOfReach: [Candour.Point] {
    struct Kind: Hashable {
      let order: Int
      let text: String
      let currency: Currency
    }
    var sums: [Kind: [Claim]] = [:]
    for claim in run.claims where claim.isTainted {
      let (order, text): (Int, String)
      switch claim.place {
      case .asset, .account: continue
      case .untraced(let id):
        (order, text) = (
          0, "lies behind a gap in the records of \(index.title(of: id, isInside: true))"
        )
      case .cash: (order, text) = (1, "was drawn in cash and was not seen again")
      case .abroad: (order, text) = (2, "left to accounts outside the records received")
      case .debtDischarge: (order, text) = (3, "went into the discharge of debts")
      case .dissipated: (order, text) = (4, "was spent and cannot be traced further")
      }
      sums[Kind(order: order, text: text, currency: claim.amount.amount.currency), default: []]
        .append(claim)
    }
    let kinds = sums.keys.sorted {
      if $0.order != $1.order { return $0.order < $1.order }
      if $0.text != $1.text { return $0.text.utf8.lexicographicallyPrecedes($1.text.utf8) }
      return $0.currency < $1.currency
    }
    return kinds.compactMap { kind in
      guard let total = sums[kind]?.map(\.amount).total(label: kind.text) else { return nil }
      return Candour.Point(
        text: "\(total.amount.text) of traced money \(kind.text).", sources: total.sources)
    }
  }

  private var itemsWithoutFigures: [Candour.Point] {
    schedule.assets.filter { $0.netValue == nil }.sorted { $0.item.code < $1.item.code }.map {
      Candour.Point(
        text: "\($0.item.code): no net value is known; nothing is claimed and nothing counted.",
        sources: [$0.item.source])
    }
  }

  /// One point a caution, with the rules it stands for and how many findings of each.
  private var findingLimits: [Candour.Point] {
    var texts: [String] = []
    var rules: [String: [String]] = [:]
    for finding in findings {
      let limits =
        finding.cautionsNotChecked.map { "not checked for want of data: \($0)" }
        + (finding.truncation.map { [$0] } ?? [])
      for text in limits {
        if rules[text] == nil { texts.append(text) }
        rules[text, default: []].append("\(finding.detector) (\(finding.title))")
      }
    }
    return texts.map { text in
      var named: [(rule: String, count: Int)] = []
      for rule in rules[text] ?? [] {
        if let place = named.firstIndex(where: { $0.rule == rule }) {
          named[place].count += 1
        } else {
          named.append((rule, 1))
        }
      }
      let list = named.map { $0.count == 1 ? $0.rule : "\($0.rule), \($0.count) times" }
      return none(list.joined(separator: "; ") + ": " + text)
    }
  }
}
