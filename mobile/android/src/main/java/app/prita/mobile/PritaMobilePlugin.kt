package app.prita.mobile

import android.Manifest
import android.app.Activity
import android.content.Intent
import android.media.AudioDeviceInfo
import android.media.AudioManager
import android.net.Uri
import android.provider.Settings
import app.tauri.annotation.Command
import app.tauri.annotation.Permission
import app.tauri.annotation.TauriPlugin
import app.tauri.plugin.Invoke
import app.tauri.plugin.JSObject
import app.tauri.plugin.Plugin
import org.json.JSONObject

/**
 * Permissions and the audio session of an Android phone.
 *
 * The two permission commands are Tauri's own, driven by the aliases below. Sound itself is
 * captured by the Rust side; this only leaves the telephone's voice path and says what the phone
 * can hand over.
 */
@TauriPlugin(
    permissions = [
        Permission(strings = [Manifest.permission.RECORD_AUDIO], alias = "microphone"),
        Permission(strings = [Manifest.permission.CAMERA], alias = "camera"),
    ]
)
class PritaMobilePlugin(private val activity: Activity) : Plugin(activity) {

    @Command
    fun openAudioSession(invoke: Invoke) {
        val audio = activity.getSystemService(AudioManager::class.java)
        if (audio == null) {
            invoke.reject("this device has no audio")
            return
        }
        // The call mode filters noise and echo, and with them the decay of a string.
        audio.mode = AudioManager.MODE_NORMAL
        invoke.resolve(describe(audio))
    }

    /** The system's page of this app: the only place where a refusal is taken back. */
    @Command
    fun openSettings(invoke: Invoke) {
        val page = Uri.fromParts("package", activity.packageName, null)
        activity.startActivity(Intent(Settings.ACTION_APPLICATION_DETAILS_SETTINGS, page))
        invoke.resolve()
    }

    private fun describe(audio: AudioManager): JSObject {
        val rate = audio.getProperty(AudioManager.PROPERTY_OUTPUT_SAMPLE_RATE)?.toIntOrNull()
        val unprocessed =
            audio.getProperty(AudioManager.PROPERTY_SUPPORT_AUDIO_SOURCE_UNPROCESSED) == "true"
        val answer = JSObject()
        answer.put("sampleRate", rate ?: JSONObject.NULL)
        answer.put("unprocessed", unprocessed)
        answer.put("voiceHeadset", onlyVoiceHeadset(audio))
        return answer
    }

    /** A Bluetooth voice headset is connected and nothing better than it. */
    private fun onlyVoiceHeadset(audio: AudioManager): Boolean {
        val inputs = audio.getDevices(AudioManager.GET_DEVICES_INPUTS).map { it.type }
        val better = setOf(
            AudioDeviceInfo.TYPE_BUILTIN_MIC,
            AudioDeviceInfo.TYPE_USB_DEVICE,
            AudioDeviceInfo.TYPE_USB_HEADSET,
            AudioDeviceInfo.TYPE_WIRED_HEADSET,
        )
        return AudioDeviceInfo.TYPE_BLUETOOTH_SCO in inputs && inputs.none { it in better }
    }
}
