import CaseModel
import Confiscation
import Detection
import Digests
import Dossier
import Legislation
import Tracing
import TrailGraph

/// One case, from the record to the drafted files: the order of the stages, and nothing else.
///
/// Pure: the same case file, law and request give the same result, byte for byte. Reading the record
/// and keeping the result are in `Investigation+Store.swift`.
public struct Investigation: Sendable {
  public internal(set) var caseFile: CaseFile
  public let law: Law
  public let request: Request

  /// What a person decides about a run. Everything here stands in the manifest.
  public struct Request: Sendable {
    /// The tracing method; nil takes the profile's default.
    public var method: String?
    public var sameDayOrder: SameDayOrder
    public var backwardTracing: Bool
    public var programVersion: String

    public init(
      method: String? = nil, sameDayOrder: SameDayOrder = .bankSequence,
      backwardTracing: Bool = false, programVersion: String
    ) {
      self.method = method
      self.sameDayOrder = sameDayOrder
      self.backwardTracing = backwardTracing
      self.programVersion = programVersion
    }
  }

  /// Accounts are numbered anew by content; `caseFile` is the one that results refer to.
  public init(caseFile: CaseFile, law: Law, request: Request) {
    self.caseFile = caseFile.accountsNumberedByContent
    self.law = law
    self.request = request
  }
}
