import AVFoundation
import Tauri
import UIKit
import WebKit

/// What the Rust side asks for; an alias is `microphone` or `camera`.
struct PermissionAliases: Decodable {
  let permissions: [String]
}

/// How iOS hands over sound once the session is open.
struct AudioSessionAnswer: Encodable {
  let sampleRate: Int?
  let unprocessed: Bool?
  let voiceHeadset: Bool
}

/// Permissions and the audio session of an iPhone or iPad.
///
/// Sound itself is captured by the Rust side. Written without Xcode at hand: it has been neither
/// compiled nor run yet.
class PritaMobilePlugin: Plugin {

  @objc public override func checkPermissions(_ invoke: Invoke) {
    invoke.resolve(states())
  }

  @objc public override func requestPermissions(_ invoke: Invoke) {
    do {
      let wanted = try invoke.parseArgs(PermissionAliases.self).permissions
      askMicrophone(wanted.contains("microphone")) {
        self.askCamera(wanted.contains("camera")) {
          invoke.resolve(self.states())
        }
      }
    } catch {
      invoke.reject("the request cannot be read: \(error)")
    }
  }

  @objc public func openAudioSession(_ invoke: Invoke) {
    let session = AVAudioSession.sharedInstance()
    do {
      // Measurement mode switches off the gain control and filters made for speech.
      try session.setCategory(
        .playAndRecord, mode: .measurement, options: [.defaultToSpeaker, .allowBluetoothA2DP])
      try session.setPreferredSampleRate(48_000)
      try session.setPreferredIOBufferDuration(0.02)
      try session.setActive(true)
    } catch {
      invoke.reject("iOS refused the audio session: \(error.localizedDescription)")
      return
    }
    invoke.resolve(
      AudioSessionAnswer(
        sampleRate: Int(session.sampleRate),
        unprocessed: session.mode == .measurement,
        voiceHeadset: session.currentRoute.inputs.contains { $0.portType == .bluetoothHFP }))
  }

  /// The system's page of this app: the only place where a refusal is taken back.
  @objc public func openSettings(_ invoke: Invoke) {
    DispatchQueue.main.async {
      guard let page = URL(string: UIApplication.openSettingsURLString) else {
        return invoke.reject("iOS has no page for this app")
      }
      UIApplication.shared.open(page)
      invoke.resolve()
    }
  }

  private func states() -> [String: String] {
    return ["microphone": microphoneState(), "camera": cameraState()]
  }

  private func microphoneState() -> String {
    switch AVAudioSession.sharedInstance().recordPermission {
    case .granted: return "granted"
    case .denied: return "denied"
    default: return "prompt"
    }
  }

  private func cameraState() -> String {
    switch AVCaptureDevice.authorizationStatus(for: .video) {
    case .authorized: return "granted"
    case .denied, .restricted: return "denied"
    default: return "prompt"
    }
  }

  private func askMicrophone(_ ask: Bool, then next: @escaping () -> Void) {
    guard ask && microphoneState() == "prompt" else { return next() }
    AVAudioSession.sharedInstance().requestRecordPermission { _ in next() }
  }

  private func askCamera(_ ask: Bool, then next: @escaping () -> Void) {
    guard ask && cameraState() == "prompt" else { return next() }
    AVCaptureDevice.requestAccess(for: .video) { _ in next() }
  }
}

@_cdecl("init_plugin_prita_mobile")
func initPlugin() -> Plugin {
  return PritaMobilePlugin()
}
