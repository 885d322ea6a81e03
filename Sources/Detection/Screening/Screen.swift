import CaseModel
public import Legislation
import TrailGraph

/// Looks through a whole transfers file for the shapes of laundering, without a database.
///
/// Each shape is weighed against what is ordinary in the file itself (see `Background`), by how often each
/// account pays and is paid, how often each pair deals and how common an amount is; channels, ids and the
/// order of lines are not looked at. A transfer belongs to one reported pattern: the more particular shape is
/// taken first, in the order layers, scatter-gather, gather-scatter, funnel, cycle, chain, series, shapes
/// drawn out over weeks, fans, company; a later shape of which half the transfers are taken is dropped.
///
/// - Parameters:
///   - transfersCSV: the bytes, `tx_id,src,dst,ts,amount_minor,currency,channel`.
///   - accountsCSV: the bytes of `account,kind,…`, when there is such a file; its kind of the centre is
///     named among the cautions. Country and other columns are never read.
///   - law: for the cash threshold that deposits are set beside.
/// - Throws: `TransferFile.Refusal` with line and reason.
/// - Complexity: O(*n* log *n*) in the transfers, the cycle search bounded by its visit limit.
public func screen(
  transfersCSV: [UInt8], named name: String = "transfers.csv", accountsCSV: [UInt8]? = nil, law: Law
) throws -> ScreeningReport {
  let file = try TransferFile(bytes: transfersCSV, name: name)
  let kinds = accountsCSV.map(AccountKinds.init)
  return Screening(file: file, kinds: kinds, law: law).report()
}

/// One run of `screen`.
private struct Screening {
  let file: TransferFile
  let trail: Trail
  let kinds: AccountKinds?
  let law: Law

  init(file: TransferFile, kinds: AccountKinds?, law: Law) {
    self.file = file
    trail = file.trail()
    self.kinds = kinds
    self.law = law
  }

  func report() -> ScreeningReport {
    var kept = Kept()
    var missing: [ScreeningReport.NotApplicable] = []
    let background = Background(of: trail)
    kept.take(ScreeningLayers(background: background).sightings(without: kept.used))
    kept.take(ScreeningScatter(background: background).sightings(without: kept.used))
    let hubs = ScreeningHubs(background: background)
    kept.take(hubs.gatherScatters(without: kept.used))
    kept.take(hubs.funnels(without: kept.used))
    kept.take(ScreeningCycles(background: background).sightings(without: kept.used))
    kept.take(ScreeningChains(background: background).sightings(without: kept.used))
    kept.take(ScreeningSeries(background: background).sightings(without: kept.used))
    if background.span >= 60 * Span.day {
      kept.take(ScreeningLayers.slow(background).sightings(without: kept.used))
    }
    if background.span >= 90 * Span.day {
      kept.take(ScreeningLayers.drawnOut(background).sightings(without: kept.used))
    }
    kept.take(ScreeningCycles.drawnOut(background).sightings(without: kept.used))
    let fans = ScreeningFans(background: background)
    for incoming in [true, false] {
      let part = fans.sightings(incoming: incoming, without: kept.used)
      kept.take(part.sightings)
      missing += part.notApplicable
    }
    followUp(&kept, background)
    kept.take(
      ScreeningCompany(background: background).sightings(
        among: parties(kept.sightings), without: kept.used))
    let likeness = ScreeningLikeness(background: background)
    let alike = likeness.alike(to: kept.used)
    kept.take(AlikeGroups(trail: trail, outcome: alike, about: likeness.about).sightings())
    if let reason = alike.reason, !kept.used.isEmpty {
      missing.append(.init(detector: "alike", reason: reason))
    }
    let wages = WageSweep().findings(in: Scene(trail, under: law))
    if let reason = wages.notApplicable { missing.append(.init(detector: "FL-01", reason: reason)) }
    let sightings = kept.sightings.sorted { a, b in
      let (x, y) = (firstTime(a), firstTime(b))
      if x != y { return x < y }
      return a.kind != b.kind ? a.kind < b.kind : a.edges.lexicographicallyPrecedes(b.edges)
    }
    return ScreeningReport(
      transferCount: trail.edgeCount, accountCount: trail.accountCount,
      findings: sightings.map(finding) + wages.findings.map(finding), truncated: kept.truncated,
      notApplicable: missing)
  }

  /// Sightings taken so far and their transfers.
  private struct Kept {
    var sightings: [Sighting] = []
    var used: Set<Int> = []
    var truncated: [String] = []

    mutating func take(_ part: (sightings: [Sighting], truncation: String?)) {
      take(part.sightings)
      if let truncation = part.truncation { truncated.append(truncation) }
    }

    mutating func take(_ more: [Sighting]) {
      for sighting in more {
        guard sighting.edges.count(where: used.contains) * 2 < sighting.edges.count else {
          continue
        }
        sightings.append(sighting)
        if sighting.score >= ScreeningReport.reportingScore { used.formUnion(sighting.edges) }
      }
    }
  }

  /// Adds to layers and fans what their parties did next, or before.
  private func followUp(_ kept: inout Kept, _ background: Background) {
    let search = ScreeningFollowUp(background: background)
    let places = kept.sightings.indices.filter {
      ["bipartite", "stacked", "fan_in", "fan_out"].contains(kept.sightings[$0].kind)
        && kept.sightings[$0].score >= ScreeningReport.reportingScore
    }
    for place in places {
      let sighting = kept.sightings[place]
      let more = search.dealings(
        after: sighting.edges, without: kept.used, findings: places.count)
      guard !more.isEmpty else { continue }
      kept.sightings[place] = sighting.with(more)
      kept.used.formUnion(more)
    }
  }

  /// Which accounts are in a reported sighting.
  private func parties(_ sightings: [Sighting]) -> [Bool] {
    var result = [Bool](repeating: false, count: trail.accountCount)
    for sighting in sightings where sighting.score >= ScreeningReport.reportingScore {
      for edge in sighting.edges {
        result[Int(trail.source[edge])] = true
        result[Int(trail.destination[edge])] = true
      }
    }
    return result
  }

  private func firstTime(_ sighting: Sighting) -> Int64 {
    sighting.edges.map { trail.time[$0] }.min() ?? 0
  }

  private func finding(_ sighting: Sighting) -> ScreeningReport.Finding {
    var accounts = sighting.centres
    var seen = Set(accounts)
    for edge in sighting.edges {
      for account in [trail.source[edge], trail.destination[edge]]
      where account >= 0 && seen.insert(account).inserted { accounts.append(account) }
    }
    return ScreeningReport.Finding(
      detector: sighting.detector, version: 1, kind: sighting.kind,
      transfers: sighting.edges.map { file.transferID(trail.entry[$0]) },
      accounts: accounts.map { trail.names.labels[Int($0)] }, score: sighting.score,
      reported: sighting.score >= ScreeningReport.reportingScore, sentence: sighting.sentence,
      measures: sighting.measures,
      innocentExplanations: ScreeningWords.innocentExplanations[sighting.kind] ?? [],
      cautions: cautions(sighting))
  }

  private func cautions(_ sighting: Sighting) -> [String] {
    var cautions: [String] = []
    if let kinds, let centre = sighting.centres.first {
      let kind = kinds.kind(of: trail.names.labels[Int(centre)])
      cautions.append("checked: the accounts file calls the centre \(kind ?? "nothing")")
    } else {
      cautions.append("not checked: what kind of account the centre is")
    }
    if sighting.kind == "funnel" {
      cautions.append("not checked: how far apart the deposits were made; the file has no places")
    }
    if sighting.kind == "structuring", let edge = sighting.edges.last {
      let money = trail.money(edge)
      let threshold = law.cashReportingThreshold(in: money.currency, on: trail.day(edge))
      cautions.append(
        threshold.map { "checked: the law's threshold is \($0.amount) (\($0.citation.text))" }
          ?? "not checked: profile \(law.profile) states no threshold for \(money.currency)")
    }
    cautions += sighting.cautions
    cautions.append("not checked: the purpose of the payments and ties between the parties")
    return cautions
  }

  private func finding(_ wage: Finding) -> ScreeningReport.Finding {
    let binding = wage.measures.compactMap(\.marginBasisPoints).min() ?? 10_000
    let score = min(100, binding * ScreeningReport.reportingScore / 10_000)
    return ScreeningReport.Finding(
      detector: wage.detector, version: wage.version, kind: wage.kind,
      transfers: wage.entries.map { file.transferID($0.value) },
      accounts: wage.accounts.map { trail.names.labels[Int($0.account.value)] }, score: score,
      reported: score >= ScreeningReport.reportingScore, sentence: wage.sentence,
      measures: wage.measures, innocentExplanations: wage.innocentExplanations,
      cautions: wage.cautionsChecked.map { "checked: " + $0 }
        + wage.cautionsNotChecked.map { "not checked: " + $0 })
  }
}
