public import CaseModel
import Legislation
import Tracing

/// Which method each item of a matter is traced by, and who decided it (N2, N3).
///
/// The request comes first, then the case sheet's choice, then the profile's default. An item may have
/// a method of its own only by an override that is signed and gives its reason.
public struct MethodPlan: Hashable, Sendable {
  public let method: String
  public let origin: TracingRecord.Origin
  /// Why, in the case sheet's words; nil when it was not the sheet that chose.
  public let reason: String?
  /// Overrides that name another method than `method`, by item code.
  public let overrides: [MethodOverride]

  /// - Throws: `MethodRefused` for a choice or an override that does not hold.
  init(of matter: Matter, under law: Law, request: Investigation.Request) throws {
    let rule = try law.tracing(on: matter.asOf)
    if request.backwardTracing, !rule.allowed.contains("backward") {
      throw MethodRefused(.backwardNotAllowed(profile: law.profile), at: "the request")
    }
    let choice = matter.tracing?.choice
    if let asked = request.method {
      (method, origin, reason) = (asked, .request, nil)
      guard TracingCatalogue.isMethod(asked) else {
        throw InvestigationError.unknownMethod(
          method: asked, profile: law.profile, allowed: rule.allowed)
      }
      guard rule.allowed.contains(asked) else {
        throw InvestigationError.methodNotAllowed(
          method: asked, profile: law.profile, allowed: rule.allowed)
      }
    } else if let choice {
      (method, origin, reason) = (choice.method, .caseSheet, choice.reason)
      guard TracingCatalogue.isMethod(choice.method), rule.allowed.contains(choice.method) else {
        throw MethodRefused(
          .notAllowed(method: choice.method, profile: law.profile, allowed: rule.allowed),
          at: choice.source.place)
      }
      guard !choice.reason.isBlank else {
        throw MethodRefused(.withoutReason(method: choice.method), at: choice.source.place)
      }
    } else {
      (method, origin, reason) = (rule.defaultMethod, .profile, nil)
    }
    let main = method
    let all = (matter.tracing?.overrides ?? []).sorted {
      $0.property != $1.property ? $0.property < $1.property : $0.source < $1.source
    }
    for (one, next) in zip(all, all.dropFirst()) where one.property == next.property {
      throw MethodRefused(
        .twoMethods(property: one.property, methods: [one.method, next.method]),
        at: next.source.place)
    }
    for one in all
    where !TracingCatalogue.isMethod(one.method) || !rule.allowed.contains(one.method) {
      throw MethodRefused(
        .notAllowed(method: one.method, profile: law.profile, allowed: rule.allowed),
        at: one.source.place)
    }
    for one in all where !matter.property.contains(where: { $0.code == one.property }) {
      throw MethodRefused(.unknownItem(one.property), at: one.source.place)
    }
    overrides = all.filter { $0.method != main }
  }
}

extension TracingCatalogue {
  static func isMethod(_ name: String) -> Bool { all.contains { $0.name == name } }

  /// The methods of a profile's list, as a message names them. `backward` in it is no method.
  static func methods(of allowed: [String]) -> String {
    allowed.filter(isMethod).joined(separator: ", ")
  }
}

extension MethodOverride {
  /// What a signed reason lacks; empty when it stands.
  var lacks: [String] {
    (reason.isBlank ? ["a reason"] : []) + (signedBy.isBlank ? ["a signature"] : [])
  }
}

extension String {
  fileprivate var isBlank: Bool { allSatisfy(\.isWhitespace) }
}

extension SourceRef {
  /// `case-sheet.yaml: line 12`, as messages name a place.
  var place: String { "\(label): \(locator)" }
}

/// Why a choice of method is refused, where it was made, and what to do. Nothing is traced.
public struct MethodRefused: Error, Hashable, Sendable, CustomStringConvertible {
  public enum Reason: Hashable, Sendable {
    case notAllowed(method: String, profile: String, allowed: [String])
    case backwardNotAllowed(profile: String)
    case withoutReason(method: String)
    /// One item has two overrides.
    case twoMethods(property: PropertyCode, methods: [String])
    /// Another method than the matter's, and no signed reason for it; the items of the same chain.
    case unsigned(
      property: PropertyCode, method: String, main: String, chain: [PropertyCode], lacks: [String])
    case unknownItem(PropertyCode)
    /// The claims of one source class, over both methods, exceed what there is of it.
    case claimedTwice(SourceClassCode, there: Money, claimed: Money, property: [PropertyCode])
    /// One method counts units of a class at two accounts.
    case moreThanReceived(SourceClassCode, method: String, stated: Money, held: Money)
  }

  public let reason: Reason
  /// File and line of the case sheet, or `the request`.
  public let place: String

  init(_ reason: Reason, at place: String) {
    self.reason = reason
    self.place = place
  }

  public var description: String {
    switch reason {
    case .notAllowed(let method, let profile, let allowed):
      TracingCatalogue.isMethod(method)
        ? "\(place): the profile \(profile) does not allow the tracing method \(method), signed or not — "
          + "choose one of \(TracingCatalogue.methods(of: allowed))"
        : "\(place): there is no tracing method \(method) — the profile \(profile) allows "
          + TracingCatalogue.methods(of: allowed)
    case .backwardNotAllowed(let profile):
      "\(place): the profile \(profile) does not allow tracing back through debt — run without it"
    case .withoutReason(let method):
      "\(place): the choice of \(method) gives no reason — state it in a sentence"
    case .twoMethods(let property, let methods):
      "\(place): \(property) has two methods, \(methods.joined(separator: " and ")) — keep one"
    case .unsigned(let property, let method, let main, let chain, let lacks):
      "\(place): \(property) would be traced by \(method) and "
        + (chain.isEmpty
          ? "the matter"
          : "\(chain.map(\.text).joined(separator: ", ")) of the same chain")
        + " by \(main), without \(lacks.joined(separator: " and ")) — "
        + "add reason, signed-by and signed-on, or leave the override out"
    case .unknownItem(let property):
      "\(place): the override names \(property), which is not in the matter — correct the code"
    case .moreThanReceived(let code, let method, let stated, let held):
      "\(place): \(method) states \(stated.text) of \(code), but only \(held.text) is there, because money "
        + "passed between accounts of the case — draft by another method, or trace that account alone"
    case .claimedTwice(let code, let there, let claimed, let property):
      "\(place): with another method for \(property.map(\.text).joined(separator: ", ")), claims of "
        + "\(code) sum to \(claimed), \(claimed - there) more than the \(there) that any one method leaves to be claimed — "
        + "trace the items of one chain by one method"
    }
  }
}
